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
@pytest.mark.parametrize(
    ("stray", "words"),
    [
        ("<div>船靠岸的时候雾还没有散。镇上的人都在。</div>", "between headline and body"),
        ("<div class=related>渡口的灯亮了</div>", "a box of the site beside the headline"),
    ],
)
def test_what_no_template_sets_above_the_body_is_told(shell: Shell, stray: str, words: str) -> None:
    changed = re.sub(
        r"(?i)<div id=.?ozoom", lambda body: f"{stray}{body[0]}", whole(shell), count=1
    )
    assert words in residue(shell, changed)


@every_shell
@pytest.mark.parametrize("second", ["", "<a href='1.htm'>山坡上的第一所夜校开学了</a>", "◆"])
def test_a_second_element_of_the_bodys_name_without_a_text_is_not(
    shell: Shell, second: str
) -> None:
    changed = re.sub("(?i)</body>", f"<div id=ozoom>{second}</div></body>", whole(shell))
    assert changed != whole(shell)
    assert "marked as the text too" not in residue(shell, changed)
