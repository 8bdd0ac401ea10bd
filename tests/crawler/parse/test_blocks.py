"""The body's blocks: what each line or grid becomes, and that no character is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from lxml.html import HtmlElement

from crawler.parse.blocks import Body, read_body
from crawler.parse.claims import Claims, settle
from crawler.parse.lines import Grid, Line

PAPER: HtmlElement = etree.Element("div")
LONG = "雨停了，石阶还湿，人们从屋檐下走出来，收了伞，互相问一句今年的雨水，然后各自往集市上去，谁也没有多说一句话。"


def line(
    text: str,
    group: int,
    *,
    strong: bool = False,
    centred: bool = False,
    item: bool = False,
    indented: bool = True,
) -> Line:
    return Line(
        text=text, block=PAPER, part=PAPER, group=group, strong=strong, linked=False,
        centred=centred, indented=indented, item=item, flows=False, table=None, place=group,
    )  # fmt: skip


def paragraphs(*texts: str) -> list[Line | Grid]:
    """Lines that are a paragraph each."""
    return [line(text, group) for group, text in enumerate(texts)]


def read(flow: list[Line | Grid]) -> tuple[Body, Claims]:
    claims = Claims()
    return read_body(flow, claims), claims


def kinds(flow: list[Line | Grid]) -> list[tuple[str, str]]:
    return [(block.type, block.text) for block in read(flow)[0].blocks]


def test_each_group_is_a_paragraph() -> None:
    assert kinds(paragraphs(LONG, "雨停了。")) == [("paragraph", LONG), ("paragraph", "雨停了。")]


def test_an_empty_flow_is_an_empty_body() -> None:
    assert read([])[0] == Body()
    assert read([line("", 0), line("", 1)])[0] == Body()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("一座城的雨", "crosshead"), ("一、雨水", "crosshead"), ("雨停了。", "paragraph"), ("他问：", "paragraph"),
        ("“雨”", "paragraph"), ("（上）", "paragraph"), ("字" * 33, "paragraph"), ("字" * 32, "crosshead"),
        ("本报记者张三", "paragraph"), ("新华社", "paragraph"), ("● ", "paragraph"), ("编者按：雨季", "note"),
    ],
)  # fmt: skip
def test_a_short_open_line_before_a_long_paragraph_is_a_crosshead(text: str, kind: str) -> None:
    assert kinds(paragraphs(LONG, text, LONG))[1] == (kind, text)


def test_a_short_line_at_the_end_or_before_a_short_one_is_a_paragraph() -> None:
    assert kinds(paragraphs(LONG, "一座城的雨"))[1][0] == "paragraph"
    assert kinds(paragraphs("一座城的雨", "雨停了。"))[0][0] == "paragraph"


def test_before_a_jump_line_a_closing_short_line_is_a_crosshead() -> None:
    body, claims = read(paragraphs(LONG, "一座城的雨（下转第3版）"))
    assert [block.type for block in body.blocks] == ["paragraph", "crosshead"]
    assert (body.continues_to, body.jump_to) == (3, "（下转第3版）")
    assert [piece.name for piece in claims.pieces] == ["blocks[0]", "continues_to", "blocks[1]"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("一座城的雨？", "crosshead"),
        ("一座城的雨。", "paragraph"),
        ("字" * 40, "crosshead"),
        ("字" * 41, "paragraph"),
        ("雨，", "paragraph"),
    ],
)
def test_a_bold_line_before_another_is_a_crosshead_unless_it_ends_a_sentence(
    text: str, kind: str
) -> None:
    flow = [line(text, 0, strong=True), line("雨停了。", 1)]
    assert kinds(flow)[0] == (kind, text)


def test_a_centred_line_is_a_crosshead_before_anything() -> None:
    assert kinds([line("其一", 0, centred=True), line("雨停了。", 1)])[0] == ("crosshead", "其一")
    grid = Grid(rows=(("甲", "乙"),), text="甲 乙", place=1)
    assert kinds([line("其一", 0, centred=True), grid])[0] == ("crosshead", "其一")
    assert kinds([line("其一", 0), grid])[0] == ("paragraph", "其一")


def test_lines_of_one_group_are_paragraphs_of_their_own_where_they_are_prose() -> None:
    flow = [line(LONG, 0), line("一座城的雨", 0), line(LONG, 0), line("雨停了。", 0)]
    assert [kind for kind, _ in kinds(flow)] == ["paragraph", "crosshead", "paragraph", "paragraph"]


def test_short_lines_of_one_group_are_verse_and_blank_lines_part_the_stanzas() -> None:
    texts = ["", "雨停在屋檐", "石阶还湿着", "", "", "", "一把伞收起", "一条街醒来", ""]
    assert kinds([line(text, 0) for text in texts]) == [
        ("verse", "雨停在屋檐\n石阶还湿着\n\n一把伞收起\n一条街醒来")
    ]


def test_two_stanzas_in_groups_of_their_own_are_one_verse() -> None:
    flow = [
        line(text, group) for group in (0, 1) for text in ("雨停在屋檐", "石阶还湿着", "一条街醒来")
    ]
    stanza = "雨停在屋檐\n石阶还湿着\n一条街醒来"
    body, claims = read(list(flow))
    assert [(block.type, block.text) for block in body.blocks] == [
        ("verse", f"{stanza}\n\n{stanza}")
    ]
    assert {piece.name for piece in claims.pieces} == {"blocks[0]"}


def test_four_short_open_paragraphs_in_a_row_are_verse_and_three_are_not() -> None:
    four = ["雨停在屋檐", "石阶还湿着", "一把伞收起", "一条街醒来"]
    assert kinds(paragraphs(*four)) == [("verse", "\n".join(four))]
    assert [kind for kind, _ in kinds(paragraphs(*four[:3]))] == ["paragraph"] * 3
    around = kinds(paragraphs(LONG, *four, LONG))
    assert [kind for kind, _ in around] == ["paragraph", "verse", "paragraph"]


@pytest.mark.parametrize("text", ["雨停了。", "“雨停了", "1. 雨停了", "字" * 25])
def test_a_row_of_sentences_talk_items_or_long_lines_is_no_verse(text: str) -> None:
    assert "verse" not in {kind for kind, _ in kinds(paragraphs(*[text] * 5))}


def test_three_full_sentences_of_one_group_are_no_verse() -> None:
    flow: list[Line | Grid] = [line("雨停了，石阶还湿，人们走上街头。", 0) for _ in range(3)]
    assert [kind for kind, _ in kinds(flow)] == ["paragraph"] * 3


@pytest.mark.parametrize(
    "marks", [("● ", "● "), ("1.", "2."), ("（一）", "（二）"), ("①", "②"), ("1、", "2、")]
)
def test_lines_that_open_with_marks_are_a_list(marks: tuple[str, str]) -> None:
    texts = [f"{marks[0]}收伞；", f"{marks[1]}扫阶。"]
    assert kinds([line(text, 0) for text in texts]) == [("list", "\n".join(texts))]


def test_items_of_a_list_element_are_one_list_across_their_groups() -> None:
    flow = [line("收伞", 0, item=True), line("扫阶", 1, item=True), line("雨停了。", 2)]
    assert kinds(list(flow)) == [("list", "收伞\n扫阶"), ("paragraph", "雨停了。")]
    assert kinds([line("收伞", 0, item=True), line("雨停了。", 1)])[0] == ("list", "收伞")


def test_a_grid_is_a_table_with_its_rows() -> None:
    rows = (("月", "雨量"), ("一", "20"))
    flow: list[Line | Grid] = [line("雨停了。", 0), Grid(rows=rows, text="月 雨量 一 20", place=1)]
    body, claims = read(flow)
    assert body.blocks[1].type == "table"
    assert body.blocks[1].rows == rows
    assert body.blocks[1].text == "月\t雨量\n一\t20"
    assert claims.pieces[1].text == "月 雨量 一 20"


def test_author_notes_and_colophon_go_to_their_own_fields() -> None:
    body, claims = read(
        paragraphs(LONG, "（作者系某大学教授）", "（作者单位：某学院）", "责编 张三", "美编 李四")
    )
    assert [block.text for block in body.blocks] == [LONG]
    assert body.author_notes == ["（作者系某大学教授）", "（作者单位：某学院）"]
    assert body.page_credits == ["责编 张三", "美编 李四"]
    names = [piece.name for piece in claims.pieces]
    assert names == ["blocks[0]", *["author_note"] * 2, *["page_credits"] * 2]


def test_jump_lines_are_read_only_at_the_storys_two_ends() -> None:
    body, _ = read(
        paragraphs(
            "（上接第1版）雨停了。",
            "（上接第5版）雨又下了。（下转第6版）",
            "雨停了。（下转第3版）",
            "责编 张三",
        )
    )
    assert (body.continued_from, body.jump_from) == (1, "（上接第1版）")
    assert (body.continues_to, body.jump_to) == (3, "（下转第3版）")
    assert [block.text for block in body.blocks] == [
        "雨停了。", "（上接第5版）雨又下了。（下转第6版）", "雨停了。",
    ]  # fmt: skip


def test_a_jump_line_of_its_own_leaves_no_block() -> None:
    body, _ = read(paragraphs("上接第A01版", "雨停了。", "下转第12版"))
    assert [block.text for block in body.blocks] == ["雨停了。"]
    assert (body.continued_from, body.continues_to) == ("A01", 12)


TEXTS = st.sampled_from(
    ["", "雨停了。", LONG, "一座城的雨", "雨停在屋檐", "● 收伞", "1. 扫阶", "（作者系某大学教授）", "责编 张三", "（上接第1版）雨",
     "雨停了。（下转第3版）", "上接第1版", "下转第3版", "编者按：雨季", "“雨”"]
) | st.text("雨停。，1.（）下转第3版上接 ", max_size=12).map(str.strip)  # fmt: skip
LINES = st.builds(
    line, TEXTS, st.integers(0, 5), strong=st.booleans(), centred=st.booleans(), item=st.booleans()
)
CELLS = st.lists(st.lists(st.text("雨量20", min_size=1, max_size=3), min_size=2, max_size=2),
                 min_size=1, max_size=2)  # fmt: skip
GRIDS = CELLS.map(
    lambda rows: Grid(
        rows=tuple(map(tuple, rows)), text=" ".join(cell for row in rows for cell in row)
    )
)


@given(st.lists(LINES | GRIDS, max_size=12))
def test_every_character_of_the_flow_is_claimed_and_stored(flow: list[Line | Grid]) -> None:
    body, claims = read(flow)
    fields = {f"blocks[{n}]": block.text for n, block in enumerate(body.blocks)}
    fields |= {"author_note": "".join(body.author_notes), "page_credits": "".join(body.page_credits),
               "continues_to": body.jump_to or "", "continued_from": body.jump_from or ""}  # fmt: skip
    account = settle(
        claims.pieces,
        visible="\n".join(item.text for item in flow),
        lost_chars=0,
        fields={name: text for name, text in fields.items() if text},
    )
    assert account.residue is None
    assert all(block.text for block in body.blocks)
