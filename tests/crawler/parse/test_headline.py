"""The headline block: kicker, headline, deck and byline, each line claimed once."""

from lxml import etree
from lxml.html import HtmlElement

from crawler.parse.announced import Announced
from crawler.parse.claims import Claims
from crawler.parse.headline import (
    HeadlineBlock,
    read_headline_block,
    split_inner_head,
    split_signature,
)
from crawler.parse.lines import Grid, Line

PAPER: HtmlElement = etree.Element("div")


def line(
    text: str, *, place: int = 0, part: HtmlElement = PAPER, block: HtmlElement = PAPER,
    strong: bool = False,
    flows: bool = False,
) -> Line:  # fmt: skip
    return Line(
        text=text, block=block, part=part, group=place, strong=strong, linked=False,
        centred=False, indented=False, item=False, flows=flows, table=None, place=place,
    )  # fmt: skip


def read(
    *texts: str,
    title: str | None = None,
    deck: str | None = None,
    byline: str | None = None,
) -> tuple[HeadlineBlock, list[tuple[str, str]]]:
    """The block read by its title alone, and the claims as name and text."""
    claims = Claims()
    lines = [line(text, place=n) for n, text in enumerate(texts)]
    announced = Announced(title=title, deck=deck, byline=byline)
    block = read_headline_block(lines, None, announced, claims)
    return block, [(piece.name, piece.text) for piece in claims.pieces]


def test_what_stands_above_is_the_kicker_and_the_last_line_the_byline() -> None:
    block, claims = read("论丛", "山城夜雨", "从一条老街说起", "张三", title="山城 夜雨")
    assert block == HeadlineBlock(
        kicker="论丛", headline="山城夜雨", deck="从一条老街说起", byline="张三"
    )
    assert claims == [
        ("kicker", "论丛"), ("headline", "山城夜雨"), ("deck", "从一条老街说起"), ("byline", "张三"),
    ]  # fmt: skip


def test_lines_of_one_part_are_joined_by_newlines() -> None:
    block, _ = read(
        "论丛", "其二", "山城夜雨", "上篇说雨，", "下篇说晴天", "张三", "李四", title="山城夜雨"
    )
    assert block == HeadlineBlock(
        kicker="论丛\n其二", headline="山城夜雨", deck="上篇说雨，\n下篇说晴天", byline="张三\n李四"
    )


def test_a_title_that_no_line_equals_leaves_the_first_line_the_headline() -> None:
    assert read("山城夜雨", "张三", title="别的题")[0].headline == "山城夜雨"
    assert read("山城夜雨")[0].headline == "山城夜雨"


def test_a_block_that_opens_with_a_byline_has_no_headline() -> None:
    block, claims = read("张三", "李四")
    assert block == HeadlineBlock(byline="张三\n李四")
    assert claims == [("byline", "张三"), ("byline", "李四")]


def test_no_lines_are_no_parts() -> None:
    assert read() == (HeadlineBlock(), [])
    assert read(title="山城夜雨") == (HeadlineBlock(), [])


def test_a_paragraph_beside_the_headlines_cell_is_left_over() -> None:
    stray = line("雨停了，人们走上街头。", place=1, block=etree.Element("p"))
    lines = [line("论丛"), stray, line("山城夜雨", place=2), line("张三", place=3)]
    claims = Claims()
    block = read_headline_block(lines, None, Announced(title="山城夜雨"), claims)
    assert block == HeadlineBlock(kicker="论丛", headline="山城夜雨", byline="张三")
    assert ("beside the headline", "雨停了，人们走上街头。") in [
        (p.name, p.text) for p in claims.pieces
    ]


def test_a_line_that_only_another_element_sets_apart_goes_on_after_a_space() -> None:
    lines = [line("山城"), line("夜雨纪", place=1, flows=True), line("之一", place=2)]
    block = read_headline_block(lines, None, Announced(title="山城"), Claims())
    assert block == HeadlineBlock(headline="山城", byline="夜雨纪\n之一")
    deck = [line("山城"), line("从一条老街说起", place=1), line("再说一座桥", place=2, flows=True)]
    block = read_headline_block(deck, None, Announced(title="山城"), Claims())
    assert block == HeadlineBlock(headline="山城", deck="从一条老街说起 再说一座桥")


def test_without_a_known_title_the_first_bold_line_is_the_headline() -> None:
    lines = [line("论丛一束"), line("山城夜雨", place=1, strong=True), line("张三", place=2)]
    block = read_headline_block(lines, None, Announced(), Claims())
    assert block == HeadlineBlock(kicker="论丛一束", headline="山城夜雨", byline="张三")


def test_the_announced_byline_decides_against_its_looks() -> None:
    block, _ = read("山城夜雨", "一条老街", "雨客", title="山城夜雨", byline="雨 客")
    assert (block.deck, block.byline) == ("一条老街", "雨客")
    block, _ = read("山城夜雨", "雨客", "石阶客", title="山城夜雨", byline="雨客石阶客")
    assert (block.deck, block.byline) == (None, "雨客\n石阶客")


def test_an_announced_byline_that_is_not_there_decides_nothing() -> None:
    block, _ = read("山城夜雨", "一条老街", "张三", title="山城夜雨", byline="李四")
    assert (block.deck, block.byline) == ("一条老街", "张三")
    block, _ = read("山城夜雨", "雨", title="山城夜雨", byline="雨客")
    assert (block.deck, block.byline) == ("雨", None)


def test_the_announced_deck_decides_against_its_looks() -> None:
    block, _ = read("山城夜雨", "张三", title="山城夜雨", deck="张 三")
    assert (block.deck, block.byline) == ("张三", None)


def cell(*texts: str) -> tuple[HtmlElement, list[HtmlElement]]:
    """A cell with one strong element a text."""
    td: HtmlElement = etree.Element("td")
    strongs = []
    for text in texts:
        strong = etree.SubElement(td, "strong")
        strong.text = text
        strongs.append(strong)
    return td, strongs


def test_the_marked_element_is_the_headline_and_its_neighbours_in_bold_belong_to_it() -> None:
    td, (one, two, three) = cell("山城", "雨后的街", "张三")
    lines = [
        line("论丛", place=0),
        line("山城", place=1, part=one, block=td, strong=True),
        line("雨后的街", place=2, part=two, block=td, strong=True),
        line("张三", place=3, part=three, block=td, strong=True),
    ]
    block = read_headline_block(lines, one, Announced(title="山城 雨后的街"), Claims())
    assert block == HeadlineBlock(kicker="论丛", headline="山城\n雨后的街", byline="张三")
    block = read_headline_block(lines, one, Announced(), Claims())
    assert block == HeadlineBlock(kicker="论丛", headline="山城\n雨后的街", byline="张三")


def test_a_line_inside_the_marked_element_is_the_headline() -> None:
    td, (strong,) = cell("")
    span = etree.SubElement(strong, "span")
    lines = [line("山城夜雨", part=span, block=td), line("晨雾升起", place=1)]
    block = read_headline_block(lines, strong, Announced(), Claims())
    assert block == HeadlineBlock(headline="山城夜雨", deck="晨雾升起")


def test_bold_in_another_cell_is_no_headline() -> None:
    td, (strong,) = cell("山城夜雨")
    lines = [
        line("山城夜雨", part=strong, block=td, strong=True),
        line("晨雾升起", place=1, strong=True),
    ]
    block = read_headline_block(lines, strong, Announced(), Claims())
    assert block == HeadlineBlock(headline="山城夜雨", deck="晨雾升起")


def test_a_marked_element_without_lines_prints_no_headline() -> None:
    _, (strong,) = cell("")
    block = read_headline_block([line("张三")], strong, Announced(), Claims())
    assert block == HeadlineBlock(byline="张三")


def test_a_headline_that_opens_the_body_is_split_off_with_what_is_above_and_its_byline() -> None:
    flow: list[Line | Grid] = [
        line("论丛"), line("山城夜雨"), line(""), line("张三"), line("雨停了。"),
    ]  # fmt: skip
    head, rest = split_inner_head(flow, "山城 夜雨")
    assert [item.text for item in head] == ["论丛", "山城夜雨", "张三"]
    assert rest == flow[4:]


def test_without_the_title_among_the_first_lines_the_body_is_whole() -> None:
    grid = Grid(rows=(("甲", "乙"),), text="甲 乙")
    late = [line("雨停了。")] * 6 + [line("山城夜雨")]
    for flow, title in (
        (late, "山城夜雨"), ([line("山城夜雨")], None), ([], "山城夜雨"), ([grid, line("山城夜雨")], "山城夜雨"),
    ):  # fmt: skip
        assert split_inner_head(list(flow), title) == ([], list(flow))


def test_a_body_that_is_all_headline_leaves_nothing() -> None:
    flow: list[Line | Grid] = [line("山城夜雨"), line("张三")]
    assert split_inner_head(flow, "山城夜雨") == (flow, [])


def test_what_names_a_role_is_the_byline_wherever_it_stands() -> None:
    above, claims = read("本报记者 张三", "山城夜雨", "从一条老街说起", title="山城夜雨")
    assert (above.kicker, above.deck, above.byline) == (None, "从一条老街说起", "本报记者 张三")
    assert claims[0] == ("byline", "本报记者 张三")
    between, _ = read("山城夜雨", "本报记者 张三", "——从一条老街说起", title="山城夜雨")
    assert (between.deck, between.byline) == ("——从一条老街说起", "本报记者 张三")
    twice, _ = read("本报记者 张三", "山城夜雨", "李四", title="山城夜雨")
    assert (twice.kicker, twice.byline) == ("本报记者 张三", "李四")
    name, _ = read("张三", "山城夜雨", title="山城夜雨")
    assert (name.kicker, name.byline) == ("张三", None)


def test_a_signature_that_opens_or_closes_the_text_signs_a_story_that_nobody_else_does() -> None:
    text, signed = line("雨停了。", place=1), line("本报记者 张三", place=2)
    nobody = HeadlineBlock(headline="山城夜雨")
    for flow in ([signed, text], [text, signed]):
        claims = Claims()
        head, rest = split_signature(list(flow), nobody, claims)
        assert (head.byline, rest) == ("本报记者 张三", [text])
        assert [(piece.name, piece.text) for piece in claims.pieces] == [
            ("byline", "本报记者 张三")
        ]
    for flow in (
        [signed],
        [text, line("张三丰")],
        [text, line("记者 张三 摄")],
        [line("文化"), text],
    ):
        assert split_signature(list(flow), nobody, Claims()) == (nobody, flow)
    opened = split_signature([line("张三丰"), text], nobody, Claims())[0]
    assert opened.byline == "张三丰"
    named = HeadlineBlock(headline="山城夜雨", byline="李四")
    assert split_signature([signed, text], named, Claims()) == (named, [signed, text])
