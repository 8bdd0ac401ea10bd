"""Pictures on whole pages: above, in and below the body, each with its own line and no other's."""

import pytest

from press.model import Article
from tests.crawler.parse.pages import (
    FIRST,
    FOLDERS,
    PROSE,
    SECOND,
    SETTINGS,
    SHELLS,
    TITLE,
    Head,
    Shell,
    article_page,
    body_of,
    read,
)

ONE = '<img src="../../../res/1/20260112/1.jpg" border=0>'
TWO = '<img src="../../../res/1/20260112/2.jpg" border=0>'
CAPTION, CREDIT = "渡口的黄昏。", "记者 林一舟 摄"
PRINTED = f"{CAPTION}　　{CREDIT}"
HEAD = SETTINGS[0](Head(byline="张三丰"))
Lines = list[tuple[str | None, str | None]]

every_shell = pytest.mark.parametrize("shell", SHELLS, ids=lambda shell: shell.name)


def table(image: str, line: str) -> str:
    return f'<table bgcolor="#efefef"><tr><td>{image}</td></tr><tr><td>{line}</td></tr></table>'


def shown(shell: Shell = FOLDERS, *, pictures: str = "", body: str | None = None) -> Article:
    found = read(shell, article_page(shell, head=HEAD, pictures=pictures, body=body))
    assert (found.headline, found.byline, found.account.residue) == (TITLE, "张三丰", None)
    return found


def lines(found: Article) -> Lines:
    return [(picture.caption, picture.credit) for picture in found.pictures]


@every_shell
@pytest.mark.parametrize(
    ("pictures", "expected"),
    [
        (table(ONE, PRINTED), [(CAPTION, CREDIT)]),
        (table(ONE, "&nbsp;"), [(None, None)]),
        (table(ONE, f"<p>　　{CAPTION}</p><p>　　{CREDIT}</p>"), [(CAPTION, CREDIT)]),
        (table(ONE, f"{CAPTION}<br>{CREDIT}"), [(CAPTION, CREDIT)]),
        (f"<table><tr><td>{PRINTED}</td></tr><tr><td>{ONE}</td></tr></table>", [(CAPTION, CREDIT)]),
        (f'{ONE}<p align="center">{PRINTED}</p>', [(CAPTION, CREDIT)]),
        (table(f'<a href="1.jpg">{ONE}</a>', PRINTED), [(CAPTION, CREDIT)]),
        (table(ONE, PRINTED) + table(TWO, "一张没有署名的照片"),
         [(CAPTION, CREDIT), ("一张没有署名的照片", None)]),
        (f"<table><tr><td>{ONE}</td><td>{TWO}</td></tr><tr><td>老船。</td><td>新桥。</td></tr></table>",
         [("老船。", None), ("新桥。", None)]),
        (f"<table><tr><td>{ONE}</td><td>老船。</td></tr><tr><td>{TWO}</td><td>新桥。</td></tr></table>",
         [("老船。", None), ("新桥。", None)]),
        (f"<table><tr><td>{ONE}</td><td>{TWO}</td></tr><tr><td>老船。</td><td>新桥。</td></tr>"
         f"<tr><td>{CREDIT}</td><td>张三丰 摄</td></tr></table>",
         [("老船。", CREDIT), ("新桥。", "张三丰 摄")]),
        (f"<table><tr><td>老船。</td></tr><tr><td>{ONE}</td></tr><tr><td>新桥。</td></tr><tr><td>{TWO}</td></tr></table>",
         [("老船。", None), ("新桥。", None)]),
        (f"<table><tr><td>{ONE}</td></tr><tr><td>{TWO}</td></tr><tr><td>上图：老船。下图：新桥。</td></tr></table>",
         [(None, None), ("上图：老船。下图：新桥。", None)]),
        ("".join(table(ONE, f"{n}。") for n in "甲乙丙丁戊"), [(f"{n}。", None) for n in "甲乙丙丁戊"]),
    ],
    ids=[
        "captioned", "bare", "in paragraphs", "on two lines", "above", "without a table", "linked",
        "stacked", "side by side", "rows", "columns of two lines", "lines above", "shared", "five",
    ],
)  # fmt: skip
def test_pictures_between_headline_and_body_have_their_own_lines(
    shell: Shell, pictures: str, expected: Lines
) -> None:
    found = shown(shell, pictures=pictures)
    assert lines(found) == expected
    assert [picture.order for picture in found.pictures] == list(range(1, len(expected) + 1))
    assert [block.text for block in found.blocks] == [text.strip() for text in PROSE]


@every_shell
@pytest.mark.parametrize(
    "markup",
    [
        table(ONE, PRINTED),
        f"<p align=center>{ONE}</p><p align=center>{PRINTED}</p>",
        f"<p align=center>{ONE}</p><p>　　{PRINTED}</p>",
        f"<div style='text-align:center'>{ONE}<br>{PRINTED}</div>",
        f"<figure>{ONE}<figcaption>{PRINTED}</figcaption></figure>",
    ],
    ids=["table", "centred", "indented", "in one block", "figure"],
)
def test_a_picture_in_the_body_takes_its_caption_out_of_the_body(shell: Shell, markup: str) -> None:
    found = shown(shell, body=f"<p>{FIRST}</p>{markup}<p>{SECOND}</p>")
    assert lines(found) == [(CAPTION, CREDIT)]
    assert [block.text for block in found.blocks] == [FIRST.strip(), SECOND.strip()]


@pytest.mark.parametrize(
    "after",
    [
        "　　老街的石阶一共有一百零八级。",
        "　　1. 加强管护。",
        "<strong>一条街的醒来</strong>",
        "　　他把照片寄给了报社，署名：张三丰 摄",
        "　　扫一扫，看更多渡口故事。",
    ],
)
def test_a_line_of_the_story_after_a_picture_stays_in_the_body(after: str) -> None:
    found = shown(body=f"<p>{FIRST}</p><p align=center>{ONE}</p>{body_of((after, SECOND))}")
    assert lines(found) == [(None, None)]
    told = after.replace("<strong>", "").replace("</strong>", "").strip()
    assert [block.text for block in found.blocks] == [FIRST.strip(), told, SECOND.strip()]


def test_a_picture_within_a_paragraph_parts_no_text() -> None:
    found = shown(body=f"<p>{FIRST}</p><p>{ONE}{SECOND}</p>")
    assert lines(found) == [(None, None)]
    assert found.text == f"{FIRST.strip()}\n{SECOND.strip()}"


@every_shell
def test_a_picture_alone_is_a_photo_with_its_line(shell: Shell) -> None:
    found = shown(shell, pictures=table(ONE, PRINTED), body="")
    assert (found.genre, found.blocks, lines(found)) == ("photo", (), [(CAPTION, CREDIT)])


@every_shell
def test_a_picture_that_only_the_map_knows_is_an_advertisement(shell: Shell) -> None:
    markup = article_page(shell, head="<strong></strong>", pictures=table(ONE, ""), body="")
    found = read(shell, markup, title=None, listed=False)
    assert (found.genre, found.headline, found.blocks) == ("advertisement", None, ())
    assert len(found.pictures) == 1


@every_shell
def test_bullets_buttons_and_facsimiles_are_no_pictures(shell: Shell) -> None:
    furniture = (
        '<img src="/tplimg/pdf.gif"><img src="../../../tplimg/logo.jpg" width=200>'
        '<img src="http://count.example/c.gif" width=1 height=1><img src="">'
    )
    found = shown(
        shell,
        pictures=f'{furniture}<img src="/images/share.png">{table(ONE, PRINTED)}',
        body=furniture + body_of(),
    )
    assert lines(found) == [(CAPTION, CREDIT)]
    assert (found.pictures[0].url or "").endswith("/res/1/20260112/1.jpg")


@pytest.mark.parametrize(
    ("source", "url"),
    [
        ("1_rb.jpg", "https://epaper.cqrb.cn/cqrb/2026-01/12/007/1_rb.jpg"),
        ("/res/1/20260112/1.jpg", "https://epaper.cqrb.cn/res/1/20260112/1.jpg"),
        ("../../../../res/20260112/1.jpg", "https://epaper.cqrb.cn/res/20260112/1.jpg"),
        ("http://img.example/20260112/1.jpg", "http://img.example/20260112/1.jpg"),
    ],
)
def test_a_pictures_address_is_absolute(source: str, url: str) -> None:
    found = shown(pictures=table(f'<img src="{source}">', ""))
    assert [picture.url for picture in found.pictures] == [url]


@pytest.mark.parametrize(
    "source", ["javascript:void(0)", "data:image/png;base64,AAAA", "http://[/1.jpg"]
)
def test_an_address_that_is_none_is_none_and_keeps_the_caption(source: str) -> None:
    found = shown(
        body=f'<p align=center><img src="{source}"></p><p align=center>{PRINTED}</p>' + body_of()
    )
    assert [(picture.url, picture.caption) for picture in found.pictures] == [(None, CAPTION)]
