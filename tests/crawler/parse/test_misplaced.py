"""What stands beside headline and body, where no template sets anything of the article."""

import re

import pytest

from tests.crawler.parse.pages import PROSE, SETTINGS, SHELLS, Head, Shell, article_page, read

HEAD = SETTINGS[0](Head(kicker="人物", byline="张三丰"))
every_shell = pytest.mark.parametrize("shell", SHELLS, ids=lambda shell: shell.name)


def residue(shell: Shell, markup: str) -> str:
    return read(shell, markup).account.residue or ""


def whole(shell: Shell) -> str:
    return article_page(shell, head=HEAD)


@every_shell
def test_the_text_of_a_second_body_is_told(shell: Shell) -> None:
    second = f"<div id=ozoom><p>{PROSE[0]}</p></div>"
    changed = re.sub("(?i)</body>", f"{second}</body>", whole(shell))
    assert "marked as the text too" in residue(shell, changed)


@every_shell
def test_prose_after_the_body_is_kept_and_told(shell: Shell) -> None:
    stray = "　　这一段话从它原来的地方掉了出来，落在了不该在的位置，谁也没有发现它。"
    changed = re.sub(
        r"(?i)</founder-content></div>|</p></div>", lambda end: f"{end[0]}<p>{stray}</p>",
        whole(shell), count=1,
    )  # fmt: skip
    found = read(shell, changed)
    assert stray.strip() in found.text
    assert found.needs_review


@every_shell
def test_a_hidden_part_of_the_headline_block_is_told(shell: Shell) -> None:
    changed = whole(shell).replace("人物", "<i style='display:none'>人物</i>")
    assert "hidden beside the headline" in residue(shell, changed)


@every_shell
def test_a_picture_from_elsewhere_and_words_in_an_image_are_told(shell: Shell) -> None:
    for image, words in (
        ('<img src="/ad/banner.jpg" width=300>', "a picture from elsewhere"),
        ('<img src="/res/1/20260112/1.jpg" alt="渡口的黄昏">', "words that only an image holds"),
    ):
        changed = re.sub(r"(?i)(<div id=.?ozoom[^>]*>)", rf"\1{image}", whole(shell), count=1)
        assert words in residue(shell, changed)
