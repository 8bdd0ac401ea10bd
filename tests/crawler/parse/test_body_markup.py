"""The body in the markup that editors and their tools leave: each character where it belongs."""

import pytest

from press.model import Article
from tests.crawler.parse.pages import (
    FIRST,
    FOLDERS,
    SECOND,
    SETTINGS,
    SHELLS,
    Head,
    Shell,
    article_page,
    body_of,
    read,
)

A, B = FIRST.strip(), SECOND.strip()
VERSE = "风从河上来\n带着一船旧事\n晾衣绳上的白衫\n向南\n\n船没有来\n雾散的时候\n我们都在"


def read_body(body: str, shell: Shell = FOLDERS) -> Article:
    found = read(shell, article_page(shell, head=SETTINGS[0](Head()), body=body))
    assert found.account.residue is None
    return found


@pytest.mark.parametrize("shell", SHELLS, ids=lambda shell: shell.name)
@pytest.mark.parametrize(
    "body",
    [
        f"<P>{FIRST}<P>{SECOND}<P></P><P>&nbsp;</P>",
        f"<p>&nbsp;&nbsp;&nbsp;&nbsp;{A}</p><p></p><p>&#12288;&#12288;{B}</p>",
        f"<div>{FIRST}</div><div>{SECOND}</div>",
        f"<div><div>{FIRST}</div><div>{SECOND}</div></div>",
        f"{FIRST}<br><br>{SECOND}<br>",
        f"<p>　　<span style='a'>{A[:3]}</span><span>{A[3:5]}</span><font color=red>{A[5:]}</font></p>"
        f"<p>{SECOND[:9]}<!-- x -->{SECOND[9:]}</p>",
        f"<P mce_keep='true'>{FIRST}</P><![if !supportEmptyParas]>&nbsp;<![endif]><P>{SECOND}</P>",
        f"<p>{FIRST}</p><span style='display:none'>&nbsp;</span><p>{SECOND}</p>",
    ],
    ids=[
        "unclosed", "no-break spaces", "divs", "nested divs", "breaks", "spans", "Word", "hidden",
    ],
)  # fmt: skip
def test_two_paragraphs_are_two_paragraphs(shell: Shell, body: str) -> None:
    found = read_body(body, shell)
    assert [(block.type, block.text) for block in found.blocks] == [
        ("paragraph", A), ("paragraph", B),
    ]  # fmt: skip


def test_a_body_printed_twice_is_kept_once() -> None:
    found = read_body(f"<!--enpcontent-->{body_of()}<!--/enpcontent-->{body_of()}")
    assert [block.text for block in found.blocks] == [A, B]
    assert found.account.count("dropped") > len(A + B)


@pytest.mark.parametrize(
    "body",
    [
        VERSE.replace("\n", "<br>"),
        "<p>　　" + VERSE.replace("\n\n", "</p><p>　　").replace("\n", "<br>　　") + "</p>",
    ],
    ids=["outside P", "stanzas in P"],
)
def test_verse_keeps_its_lines_and_stanzas(body: str) -> None:
    found = read_body(body)
    assert found.genre == "verse"
    assert [(block.type, block.text) for block in found.blocks] == [("verse", VERSE)]


def test_verse_between_prose_makes_no_poem_of_the_article() -> None:
    verse = "风从河上来，\n带着一船旧事。\n晾衣绳上的白衫，\n向南。"
    found = read_body(f"<p>{FIRST}</p><p>{verse.replace(chr(10), '<br>')}</p><p>{SECOND}</p>")
    assert found.genre == "article"
    assert [(b.type, b.text) for b in found.blocks] == [
        ("paragraph", A), ("verse", verse), ("paragraph", B),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        (
            "<table><tr><th colspan=2>水位</th></tr><tr><td>春</td><td>11.2</td></tr></table>",
            (("水位",), ("春", "11.2")),
        ),
        (
            "<table><tr><td><TABLE><TR><TD>甲<TD>乙<TR><TD>丙<TD>丁</TABLE></td></tr></table>",
            (("甲", "乙"), ("丙", "丁")),
        ),
        ("<P>表<table><tr><td>甲</td><td></td></tr><tr><td>丙</td><td>丁</td></tr></table>",
         (("甲", ""), ("丙", "丁"))),
    ],
    ids=["heading over two columns", "inside a layout table", "inside a paragraph"],
)  # fmt: skip
def test_a_table_of_data_is_a_table(table: str, rows: tuple[tuple[str, ...], ...]) -> None:
    blocks = read_body(table).blocks
    assert [block.rows for block in blocks if block.type == "table"] == [rows]


def test_a_layout_table_of_one_column_is_paragraphs() -> None:
    found = read_body(f"<table><tr><td>{FIRST}</td></tr><tr><td>{SECOND}</td></tr></table>")
    assert [(b.type, b.text) for b in found.blocks] == [("paragraph", A), ("paragraph", B)]


@pytest.mark.parametrize(
    "body",
    [
        "<ol><li>晾衣绳</li><li>旧船票</li></ol><ul><li><p>夜校</p></li></ul>",
        "<UL><LI>晾衣绳<LI>旧船票<LI>夜校</UL>",
    ],
)
def test_items_are_one_list(body: str) -> None:
    assert [(b.type, b.text) for b in read_body(body).blocks] == [("list", "晾衣绳\n旧船票\n夜校")]


@pytest.mark.parametrize(
    "word", ["复制", "下一篇", "放大", "版权所有", "上一版", "责编", "公告", "默认", "返回"]
)
@pytest.mark.parametrize(
    "line", ["{}这件事，镇上的人后来常常提起。", "{}", "点击{}", "说到{}，人人都笑。"]
)
def test_a_paragraph_of_furniture_words_stays_in_the_body(word: str, line: str) -> None:
    told = line.format(word)
    assert [b.text for b in read_body(body_of((FIRST, f"　　{told}", SECOND))).blocks] == [
        A, told, B,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "note",
    [
        "（作者系河湾大学教授）", "(作者为市作协会员)", "（作者单位：河湾大学）", "【作者系河湾大学教授】",
        "（本文作者系河湾大学教授，博士生导师）", "（作者分别系甲大学教授、乙大学博士生）",
        "（作者系河湾大学教授。本文系某项目阶段性成果）", "作者系河湾大学教授",
    ],
)  # fmt: skip
def test_an_author_note_at_the_end_is_set_apart_also_before_a_colophon(note: str) -> None:
    found = read_body(body_of((FIRST, SECOND, f"　　{note}", "　　本版责编 张三 美编/李四")))
    assert (found.author_note, found.page_credits) == (note, "本版责编 张三 美编/李四")
    assert len(found.blocks) == 2


@pytest.mark.parametrize(
    "line",
    [
        "本版责编 张三", "责任编辑：张三 校对：李四", "（责编：张三）", "责编/张三",
        "本版责编：张三　电话：023-12345678", "值班编委 张三 责编 李四 美编 王五 图编 赵六",
    ],
)  # fmt: skip
def test_a_colophon_is_credits_also_as_an_article_of_its_own(line: str) -> None:
    assert read_body(body_of((FIRST, f"　　{line}"))).page_credits == line
    alone = read_body(f"<p>{line}</p>")
    assert (alone.page_credits, alone.genre, alone.blocks) == (line, "colophon", ())


@pytest.mark.parametrize(
    "jump", ["（下转第3版）", "(下转03版)", "【下转3版】", "（下转3版 《河流》）"]
)
def test_a_jump_line_is_a_field_of_its_own(jump: str) -> None:
    for body in (body_of((FIRST, SECOND + jump)), body_of((FIRST, SECOND, f"　　{jump}"))):
        found = read_body(body)
        assert found.continues_to == 3
        assert [block.text for block in found.blocks] == [A, B]


def test_a_continued_story_names_the_page_that_it_comes_from() -> None:
    for body in (
        body_of(("（上接第1版）" + FIRST, SECOND)),
        body_of(("　　（上接1版）", FIRST, SECOND)),
    ):
        found = read_body(body)
        assert found.continued_from == 1
        assert [block.text for block in found.blocks] == [A, B]


@pytest.mark.parametrize("depth", [30, 300])
@pytest.mark.parametrize("tag", ["div", "font", "span"])
def test_text_under_deep_nesting_is_whole(tag: str, depth: int) -> None:
    found = read_body(f"<{tag}>" * depth + FIRST + f"</{tag}>" * depth + f"<p>{SECOND}</p>")
    assert "".join(block.text for block in found.blocks) == A + B


def test_an_article_of_twenty_thousand_characters_is_whole() -> None:
    found = read_body(body_of([f"　　{number}{A * 5}" for number in range(100)]))
    assert found.char_count == len(A) * 500 + 190 >= 20_000


@pytest.mark.parametrize("shell", SHELLS, ids=lambda shell: shell.name)
def test_verse_after_an_unclosed_paragraph_is_no_part_of_it(shell: Shell) -> None:
    lines = "<br>".join(VERSE.split("\n"))
    found = read_body(f"<P>{FIRST}\n<br>{lines}<br>\n<P>{SECOND}", shell)
    assert [(block.type, block.text) for block in found.blocks] == [
        ("paragraph", A), ("verse", VERSE), ("paragraph", B),
    ]  # fmt: skip


def test_lines_of_prose_in_one_paragraph_stay_apart_with_their_crosshead() -> None:
    found = read_body(f"<P>{FIRST}<br>　　<strong>晾衣绳的预报</strong><br>{SECOND}</P>")
    assert [block.type for block in found.blocks] == ["paragraph", "crosshead", "paragraph"]


@pytest.mark.parametrize(
    "closing",
    [
        "<P>　　本版责编 张三 美编 李四（下转第8版）",
        "<P>　　本版责编 张三 美编 李四<P>　　（下转第8版）",
        "<P>　　（下转第8版）<P>　　本版责编 张三 美编 李四",
    ],
)
def test_a_colophon_and_a_jump_line_are_told_apart_in_any_order(closing: str) -> None:
    found = read_body(f"<P>{FIRST}<P>{SECOND}{closing}")
    assert [block.text for block in found.blocks] == [A, B]
    assert (found.page_credits, found.continues_to) == ("本版责编 张三 美编 李四", 8)
