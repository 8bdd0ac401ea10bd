"""The articles of a page as witnesses against each other; what a series repeats is healthy."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.parse.neighbours import apart, doubt_together, doubted_as
from press.account import Account, Piece
from press.model import Article, Block, BlockType, Genre
from tests.crawler.parse.pages import FOLDERS, article_page, read

BLANK = read(FOLDERS, article_page(FOLDERS, head=""), title=None)
OWN = Piece("dropped", "toolbar", "放大")
STORIES = (
    "雾来得比往年早。",
    "渡口的灯先亮了。",
    "山坡上有一所夜校。",
    "旧船票夹在书里。",
    "晾衣绳往南偏了。",
    "井水今年格外甜。",
)
TEXT = (
    "河湾小镇在入冬以后总是先听见风，再看见船，今年的第一场雾来得比往年早了整整十天，镇上的人把桥修好了。"
    * 3
)


def article(
    *lines: str,
    at: int = 0,
    kind: BlockType = "paragraph",
    genre: Genre = "article",
    kicker: str | None = None,
    deck: str | None = None,
) -> Article:
    """An article of one story of its own with these lines around it; "" stands for the story."""
    texts = lines or ("",)
    blocks = [Block(type=kind if text else "paragraph", text=text or STORIES[at]) for text in texts]
    return replace(
        BLANK, order=at + 1, headline=f"题目{at}", kicker=kicker, deck=deck, byline=None,
        genre=genre, blocks=tuple(blocks), account=Account((OWN,)),
    )  # fmt: skip


def page(*lines: str, count: int = 4, kind: BlockType = "paragraph") -> list[Article]:
    return [article(*lines, at=at, kind=kind) for at in range(count)]


def residues(articles: Sequence[Article]) -> list[str]:
    """The text of each residue after the articles were held against each other."""
    return [
        piece.text
        for one in doubt_together(articles)
        for piece in one.account.pieces
        if piece.kind == "residue"
    ]


TEMPLATE = "想了解更多新闻请关注河湾客户端"


def test_a_line_in_every_article_of_a_page_is_the_templates() -> None:
    assert residues(page("", TEMPLATE)) == [TEMPLATE] * 4
    assert residues([article(at=n, deck=TEMPLATE) for n in range(3)]) == [TEMPLATE] * 3


def test_the_numbers_in_it_may_differ() -> None:
    lines = [f"本篇新闻已有{n}{n}位读者读过" for n in range(1, 5)]
    assert residues([article("", line, at=n) for n, line in enumerate(lines)]) == lines


def test_two_thirds_of_the_articles_with_text_are_enough_and_half_of_them_are_not() -> None:
    with_line = [article("", TEMPLATE, at=n) for n in range(4)]
    plain = [article(at=n) for n in (4, 5)]
    assert len(residues([*with_line, *plain])) == 4
    assert residues([*with_line[:3], *plain, article(at=3)]) == []


@pytest.mark.parametrize("count", [1, 2])
def test_one_article_or_two_say_nothing(count: int) -> None:
    assert residues(page("", TEMPLATE, count=count)) == []


def test_a_sentence_at_the_end_of_each_last_paragraph_is_told() -> None:
    articles = [article(f"{STORIES[n]}{STORIES[n - 1]}{TEMPLATE}。", at=n) for n in range(4)]
    assert residues(articles) == [f"{TEMPLATE}。"] * 4


def test_words_glued_to_the_end_of_each_text_are_told() -> None:
    articles = [article(f"{STORIES[n]} 数字报编发", at=n) for n in range(4)]
    assert residues(articles) == [" 数字报编发"] * 4
    assert residues([article(f"{STORIES[n]}本报记者 张三丰", at=n) for n in range(4)]) == []


def test_a_deck_is_told_where_there_is_no_text_too() -> None:
    bare = [replace(article(at=n, deck=TEMPLATE), blocks=()) for n in range(3)]
    assert residues(bare) == [TEMPLATE] * 3


def test_a_short_line_is_told_where_no_series_prints_one() -> None:
    notice = article("", "来源：河湾", at=3, genre="notice")
    middle = [article("", "来源：河湾", STORIES[n][::-1], at=n) for n in range(3)]
    assert residues([*middle, notice]) == ["来源：河湾"] * 4
    assert residues(page("", "来源：河湾")) == ["来源：河湾"] * 4
    assert residues(page("来源：河湾", "")) == ["来源：河湾"] * 4
    assert residues(middle) == []


def test_a_line_in_brackets_or_a_byline_is_told_where_a_notice_has_it_too() -> None:
    notice = article("", "（据新华社电）", at=3, genre="notice")
    assert residues([*page("", "（据新华社电）", count=3), notice]) == ["（据新华社电）"] * 4
    signed = [
        replace(one, byline="数字版") for one in (*page(count=3), article(at=3, genre="notice"))
    ]
    assert residues(signed) == ["数字版"] * 4
    assert residues(signed[:3]) == []


def test_a_kicker_above_a_notice_too_is_the_templates() -> None:
    series = [article(at=n, kicker="聚焦河湾大桥通车特别报道") for n in range(3)]
    notice = article(at=3, genre="notice", kicker="聚焦河湾大桥通车特别报道")
    assert residues(series) == []
    assert len(residues([*series, notice])) == 4


@pytest.mark.parametrize(
    "line",
    [
        "（据新华社北京十二月三日电讯）", "（综合本报消息）", "（河湾都市报首席记者 张三 文/图）",
        "本报记者 张三丰 李四光 文/图", "综合新华社报道", "你最想对母校说的一句话是什么？",
        "问：第一次上船是什么时候的事情", "记者：您还记得第一次上船的情景吗", "河湾镇有关部门负责人参加。",
        "推荐给读者的理由如下：", "扫码看视频", "扫描二维码收听河湾广播",
        "本报讯（首席记者 张三丰 通讯员 李四光）", "（下转第三版）", "（上接第一版）", "本报河湾12月3日电（记者张三丰）",
        "新华社北京12月3日电（记者张三丰、李四光）", "据新华社北京12月3日电",
    ],
)  # fmt: skip
def test_what_a_series_prints_in_each_of_its_articles_is_healthy(line: str) -> None:
    assert residues(page("", line)) == []
    assert residues(page(line, "")) == []
    assert residues([article("", line, STORIES[n][::-1], at=n) for n in range(4)]) == []


@pytest.mark.parametrize("heading", ["人物简介", "颁奖词", "推荐理由", "专家点评与推荐理由"])
def test_the_headings_of_a_series_are_healthy(heading: str) -> None:
    assert residues(page(heading, "", kind="crosshead")) == []


def test_a_page_of_briefs_that_open_alike_is_healthy() -> None:
    briefs = [
        article(f"本报讯（记者 张三丰）{STORIES[n]}{STORIES[n][::-1]}", at=n) for n in range(6)
    ]
    assert residues(briefs) == []


def test_one_reporter_may_sign_every_story_of_a_page() -> None:
    assert residues([replace(one, byline="河湾都市报 记者 张三丰") for one in page()]) == []


def test_a_dash_opens_a_page_wide_deck() -> None:
    assert residues([article(at=n, deck="——记者探访河湾镇的冬天见闻") for n in range(4)]) == []


def test_the_heads_of_tables_are_healthy() -> None:
    told = page()
    for at, one in enumerate(told):
        rows = (("项目名称与编号", "完成情况说明"), (STORIES[at], f"{at}"))
        table = Block(type="table", text="\n".join("\t".join(row) for row in rows), rows=rows)
        told[at] = replace(one, blocks=(*one.blocks, table))
    assert residues(told) == []


def test_poems_of_one_refrain_are_healthy() -> None:
    lines = [f"{STORIES[n]}\n渡口的灯今夜又为谁亮着" for n in range(20 % 6)]
    poems = [
        article(line, at=n, kind="verse", genre="verse") for n, line in enumerate([*lines, *lines])
    ]
    assert residues(poems) == []


def test_notices_of_one_wording_are_healthy() -> None:
    wording = "凡符合条件的竞买人均可报名参加本次竞买。"
    notices = [article("", wording, at=n, genre="notice") for n in range(4)]
    assert residues([*notices, article(at=4), article(at=5)]) == []


def test_one_text_under_two_headlines_is_told_of_both() -> None:
    one, other = article(TEXT, at=0), article(TEXT, at=1)
    assert residues([one, other, article(at=2)]) == [TEXT[:120]] * 2
    assert residues([one, replace(other, headline=one.headline)]) == []
    assert residues([article(TEXT[:60], at=0), article(TEXT[:60], at=1)]) == []
    assert residues([replace(one, genre="notice"), replace(other, genre="notice")]) == []


def test_a_second_look_says_the_same_and_a_mended_neighbour_takes_it_back() -> None:
    once = doubt_together(page("", TEMPLATE))
    assert doubt_together(once) == once
    assert doubt_together([once[0], *page(count=4)[1:]])[0] == article("", TEMPLATE, at=0)


def test_what_the_neighbours_say_is_told_apart_and_can_be_kept() -> None:
    (doubted, *_) = doubt_together(page("", TEMPLATE))
    alone = article("", TEMPLATE, at=0)
    assert apart(doubted.account) == alone.account
    assert doubted_as(alone, doubted.account) == doubted
    assert doubted_as(doubted, alone.account) == alone


@given(st.lists(st.sampled_from(["", TEMPLATE, "据新华社", TEXT]), max_size=6))
def test_nothing_but_residues_is_ever_added(lines: list[str]) -> None:
    articles = [article("", line, at=at) for at, line in enumerate(lines)]
    for before, after in zip(articles, doubt_together(articles), strict=True):
        assert replace(after, account=before.account) == before
        assert apart(after.account) == before.account
