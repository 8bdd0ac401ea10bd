"""What stands in a body and was never printed is told, wherever it stands."""

import pytest

from tests.crawler.parse.pages import (
    FIRST,
    SECOND,
    SETTINGS,
    SHELLS,
    Head,
    Shell,
    article_page,
    body_of,
    read,
)

HEAD = SETTINGS[0](Head(byline="张三丰"))
every_shell = pytest.mark.parametrize("shell", SHELLS, ids=lambda shell: shell.name)


def residue(shell: Shell, body: str) -> str:
    return read(shell, article_page(shell, head=HEAD, body=body)).account.residue or ""


@every_shell
@pytest.mark.parametrize(
    ("intruder", "words"),
    [
        ('<p><a href="/1.html">相关的另一篇</a></p>', "a link in the text"),
        ('<a href="http://ad.example.org/"><img src="/res/1/20260112/9.jpg"></a>', "leads elsewhere"),
        ("<input name=user>", "<input> in the text"),
        (f"<aside>{FIRST}</aside>", "<aside> in the text"),
        ("<x-comments>写得好</x-comments>", "<x-comments> in the text"),
        ("<span onclick=more()>展开</span>", "a control in the text"),
        ("<i style='font-size:0'>乱码</i>", "out of sight"),
        ("<i style='display:none'>乱码</i>", "hidden in the text"),
        (f"<script>more('{FIRST.strip()}再来一句从来没有人读过的话。')</script>", "text that no reader sees"),
        ("<!-- 这一段被注释掉了，没有人会读到它。 -->", "text that no reader sees"),
        ("<div>阅读 1024</div>", "set unlike the text"),
        ('<p><img src="/tplimg/c/yi.gif">天亮了，船来了。</p>', "a sign set as an image"),
    ],
)  # fmt: skip
def test_an_intruder_in_the_body_is_told(shell: Shell, intruder: str, words: str) -> None:
    assert residue(shell, body_of()) == ""
    assert words in residue(shell, body_of((FIRST,)) + intruder + body_of((SECOND,)))


@every_shell
def test_an_address_in_the_text_is_no_link_of_a_template(shell: Shell) -> None:
    body = body_of((FIRST, f'{SECOND}<a href="mailto:a@example.org">a@example.org</a>。'))
    assert residue(shell, body) == ""


@every_shell
def test_paragraphs_that_lost_their_ends_are_told(shell: Shell) -> None:
    assert "paragraphs run together" in residue(shell, f"<p>{FIRST}{SECOND}</p>")


@every_shell
def test_a_signs_refrain_in_every_paragraph_is_told(shell: Shell) -> None:
    texts = [f"{text}<span>评论({n})</span>" for n, text in enumerate((FIRST, SECOND, FIRST * 2))]
    assert "one sign in most paragraphs" in residue(shell, body_of(texts))
