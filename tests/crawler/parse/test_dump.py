"""Plain-text dumps of a page: of our own invention, and the real one where it is at hand."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.papers import known_papers
from crawler.parse.dump import Dump, is_dump, read_dump
from crawler.saved import Saved, read_saved
from press.errors import LayoutChanged, UsageError

SEED = Path(__file__).parents[3].parent / "shared" / "seed"
PAPERS = known_papers()
PROSE = (
    "雨是半夜停的，石阶还湿，人们从屋檐下走出来，收了伞，互相问一句今年的雨水，然后各自往集市上去。"
)
TITLES = ("山城夜雨", "一座桥的 三次改名", "集市")
BODY = (f"　　{PROSE}", "", "　　一把伞", "", f"　　{PROSE}")


def dump(
    *,
    label: str = "第007版：论丛",
    navigation: str = "上一版 下一版 ",
    titles: tuple[str, ...] = TITLES,
    day: str = "2026 年 01 月 12 日 星期一 放大 缩小 默认 ",
    head: tuple[str, ...] = ("深读", "", "山城夜雨", "", "张三", ""),
    body: tuple[str, ...] = BODY,
    tail: tuple[str, ...] = ("", "3上一篇  下一篇4  "),
    footer: tuple[str, ...] = ("新报版权所有 未经书面授权 不得复制", "地址：某市某路1号"),
) -> str:
    above = ("".join(titles), label, navigation, *titles, "    ", " ", "重庆日报", "某报业集团主办 ",
             "3上一篇  下一篇4  ", day)  # fmt: skip
    return "\n".join((*above, *head, *body, *tail, " ", *footer))


def texts(read: Dump) -> list[tuple[str, str]]:
    return [(block.type, block.text) for block in read.story.blocks]


def test_a_dump_gives_page_entry_and_article() -> None:
    read = read_dump(dump())
    assert (read.page_no, read.page_label, read.page_name) == (7, "第007版", "论丛")
    assert read.issue_date == date(2026, 1, 12)
    assert [(e.order, e.title, e.listed, e.native_id, e.url) for e in read.entries] == [
        (n, title, True, None, None) for n, title in enumerate(TITLES, 1)
    ]
    assert read.entry == read.entries[0]
    head = read.story.head
    assert (head.kicker, head.headline, head.deck, head.byline) == (
        "深读", "山城夜雨", None, "张三",
    )  # fmt: skip
    assert [(one.name, one.role) for one in read.story.contributors] == [("张三", "author")]
    assert texts(read) == [("paragraph", PROSE), ("crosshead", "一把伞"), ("paragraph", PROSE)]
    assert read.story.pictures == ()
    assert read.story.account.residue is None


def test_each_part_around_the_article_is_dropped_by_its_own_rule() -> None:
    dropped = {
        (piece.name, piece.text)
        for piece in read_dump(dump()).story.account.pieces
        if piece.kind == "dropped"
    }
    assert dropped == {
        ("image_map", "".join(TITLES)), ("page_label", "第007版：论丛"), ("toolbar", "上一版 下一版"),
        *(("title_list", title) for title in TITLES), ("masthead", "重庆日报"),
        ("masthead", "某报业集团主办"), ("toolbar", "3上一篇 下一篇4"),
        ("toolbar", "2026 年 01 月 12 日 星期一 放大 缩小 默认"),
        ("footer", "新报版权所有 未经书面授权 不得复制"), ("footer", "地址：某市某路1号"),
    }  # fmt: skip


def test_a_dump_without_kicker_has_none() -> None:
    head = read_dump(dump(head=("山城夜雨", "张三"))).story.head
    assert (head.kicker, head.headline, head.byline) == (None, "山城夜雨", "张三")


def test_a_dump_with_a_deck_keeps_it_apart_from_the_byline() -> None:
    head = read_dump(dump(head=("山城夜雨", "", "——从一条老街说起", "", "张三 李四"))).story.head
    assert (head.headline, head.deck, head.byline) == ("山城夜雨", "——从一条老街说起", "张三 李四")


def test_a_dump_of_another_entry_is_that_entrys() -> None:
    read = read_dump(dump(head=("一座桥的　三次改名",)))
    assert (read.entry.order, read.entry.title) == (2, "一座桥的 三次改名")
    assert read.story.head.headline == "一座桥的　三次改名"


@pytest.mark.parametrize(
    ("lines", "pictures"),
    [
        (("　　雨后的石阶。记者 王五 摄",), [("雨后的石阶。", "记者 王五 摄")]),
        (("　　雨后的石阶。王五 摄/视觉重庆", "", "　　集市。赵六 摄"),
         [("雨后的石阶。", "王五 摄/视觉重庆"), ("集市。", "赵六 摄")]),
        (("　　记者 王五 摄",), [(None, "记者 王五 摄")]),
        ((), []),
    ],
)  # fmt: skip
def test_lines_with_a_credit_at_the_head_of_the_body_are_pictures(
    lines: tuple[str, ...], pictures: list[tuple[str | None, str]]
) -> None:
    read = read_dump(dump(body=(*lines, *BODY)))
    assert [(p.order, p.url, p.caption, p.credit) for p in read.story.pictures] == [
        (n, None, *parts) for n, parts in enumerate(pictures, 1)
    ]
    assert texts(read)[0] == ("paragraph", PROSE)
    assert read.story.account.residue is None


def test_a_dump_of_a_picture_alone_is_a_photo() -> None:
    read = read_dump(dump(body=("　　雨后的石阶。记者 王五 摄",)))
    assert (texts(read), read.story.genre) == ([], "photo")


def test_a_colophon_and_an_author_note_go_to_their_fields() -> None:
    read = read_dump(dump(body=(*BODY, "　　（作者系某大学教授）", "　　本版责编 王五 美编 赵六")))
    assert read.story.author_note == "（作者系某大学教授）"
    assert read.story.page_credits == "本版责编 王五 美编 赵六"
    assert len(texts(read)) == 3
    assert read.story.account.residue is None


@pytest.mark.parametrize("navigation", ["上一版", "下一版 ", "上一版 下一版 "])
def test_a_first_and_a_last_page_have_one_way_only(navigation: str) -> None:
    read = read_dump(dump(navigation=navigation))
    assert len(read.entries) == 3
    assert read.story.account.residue is None


@pytest.mark.parametrize(
    ("label", "found"),
    [
        ("第007版：论丛", (7, "第007版", "论丛")),
        ("第007版:论丛·雨 ", (7, "第007版", "论丛·雨")),
        ("第12版", (12, "第12版", None)),
        ("A01： 头版", ("A01", "A01", "头版")),
        ("第 A02 版：要闻", ("A02", "第A02版", "要闻")),
        ("第007版 论丛", (7, "第007版", "论丛")),
    ],
)
def test_labels_of_every_form_are_read(
    label: str, found: tuple[int | str, str, str | None]
) -> None:
    read = read_dump(dump(label=label))
    assert (read.page_no, read.page_label, read.page_name) == found
    assert read.story.account.residue is None


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("2026 年 01 月 12 日 星期 放大 缩小 默认 ", date(2026, 1, 12)),
        ("2026年02月30日 星期 放大", None),
        ("放大 缩小 默认", None),
    ],
)
def test_the_printed_date_is_read_or_unknown(day: str, found: date | None) -> None:
    assert read_dump(dump(day=day)).issue_date == found


def test_a_title_list_ends_at_a_toolbar_as_at_a_gap() -> None:
    close = dump().replace("\n    \n \n重庆日报", "\n上一版\n重庆日报")
    assert close != dump()
    assert read_dump(close).entries == read_dump(dump()).entries


@pytest.mark.parametrize("indent", ["　　", "    ", "\xa0\xa0", "　"])
def test_any_indent_opens_the_body(indent: str) -> None:
    body = tuple(line.replace("　　", indent) for line in BODY)
    assert texts(read_dump(dump(body=body))) == texts(read_dump(dump()))


def test_a_dump_without_indent_is_refused_and_not_guessed() -> None:
    body = tuple(line.strip() for line in BODY)
    with pytest.raises(LayoutChanged, match="its headline is unknown"):
        read_dump(dump(body=body))


def test_a_dump_whose_headline_is_in_no_list_is_refused() -> None:
    with pytest.raises(LayoutChanged, match="its headline is unknown"):
        read_dump(dump(head=("雾",)))


def test_a_dump_that_ends_with_its_article_is_whole() -> None:
    read = read_dump(dump(tail=(), footer=()).rstrip())
    assert [kind for kind, _ in texts(read)] == ["paragraph", "crosshead", "paragraph"]
    assert read.story.account.residue is None


def test_navigation_words_inside_the_story_stay_there() -> None:
    read = read_dump(dump(body=("　　上一篇 下一篇", f"　　{PROSE}", "　　版权所有的是雨。")))
    assert [text for _, text in texts(read)] == ["上一篇 下一篇", PROSE, "版权所有的是雨。"]


def test_jump_lines_and_verse_are_read_as_in_markup() -> None:
    verse = ("　　雨停在屋檐", "　　石阶还湿着", "　　一把伞收起", "　　一条街醒来")
    read = read_dump(dump(body=(f"　　（上接第1版）{PROSE}", *verse, f"　　{PROSE}（下转第8版）")))
    assert (read.story.continued_from, read.story.continues_to) == (1, 8)
    assert [kind for kind, _ in texts(read)] == ["paragraph", "verse", "paragraph"]
    assert read.story.account.residue is None


def test_a_character_that_was_none_is_told() -> None:
    read = read_dump(dump(body=("　　雨\ufffd停了。", *BODY)))
    assert read.story.account.residue == "bytes that are no character: 1 places"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (dump(), True), ("第007版：论丛", True), ("A01：头版", True), ("", False), ("雨停了。", False),
        ("<HTML>\n第007版：论丛\n</HTML>", False), ("\n" * 60 + "第007版：论丛", False),
        ("这是第7版的故事", False),
    ],
)  # fmt: skip
def test_a_dump_has_a_label_on_a_line_of_its_own_and_no_markup(text: str, verdict: bool) -> None:
    assert is_dump(text) is verdict


@pytest.mark.parametrize(
    "text", ["", "雨停了。", "第7版", "第7版\n山城夜雨\n　　雨停了。", "第7版\n\n\n放大"]
)
def test_a_text_that_is_no_whole_dump_is_refused(text: str) -> None:
    with pytest.raises(LayoutChanged):
        read_dump(text)


LINES = st.sampled_from(
    [*dump().splitlines(), "", "　　雨停了。", "第8版：雨", "山城夜雨", "张三", "放大", "　　王五 摄", "　　（作者系某人）", "集市"]
)  # fmt: skip


@given(st.lists(LINES, max_size=25))
def test_a_dump_of_any_lines_is_accounted_for_or_refused(lines: list[str]) -> None:
    try:
        read = read_dump("\n".join(lines))
    except LayoutChanged:
        return
    assert read.story.account.residue is None
    assert read.entry in read.entries


def saved(text: str, file_name: str = "page.txt", **clues: object) -> Saved:
    known = {"content_type": None, "url": None, "papers": PAPERS, "paper": None, **clues}
    return read_saved(text.encode("utf-8"), file_name=file_name, **known)  # type: ignore[arg-type]


def test_a_saved_dump_is_read_like_an_answer() -> None:
    found = saved(dump())
    assert found.paper.slug == "cqrb"
    assert found.page.headlines == TITLES
    assert found.page.printed_date == date(2026, 1, 12)
    assert found.article is not None
    assert (found.article.page_label, found.article.order) == ("第007版", 1)


def test_a_dump_without_a_date_takes_it_from_the_files_name() -> None:
    found = saved(dump(day="放大"), "cqrb_2026-01-13_007.txt")
    assert (found.page.issue_date, found.page.printed_date) == (date(2026, 1, 13), None)
    with pytest.raises(UsageError, match="shows no issue date"):
        saved(dump(day="放大"), "cqrb.txt")


def real(article: object, name: str) -> object:
    """A field of the article in the shape of the expectation."""
    value = getattr(article, name)
    if name == "issue_date":
        return value.isoformat()
    if name == "pictures":
        return [{"caption": p.caption, "credit": p.credit} for p in value]
    if name == "blocks":
        return [{"type": block.type, "text": block.text} for block in value]
    return value


@pytest.mark.parametrize("path", sorted(SEED.glob("cqrb_2026-01-12_007.txt")), ids=lambda p: p.name)
def test_the_page_that_the_project_began_with_gives_every_expected_field(path: Path) -> None:
    expected = json.loads((path.parent / "expected.json").read_text(encoding="utf-8"))
    found = read_saved(
        path.read_bytes(), content_type="text/plain", url=None, file_name=path.name,
        papers=PAPERS, paper=None,
    )  # fmt: skip
    page = {name: getattr(found.page, name) for name in expected["page"] if name != "headlines"}
    assert {**page, "headlines": list(found.page.headlines)} == expected["page"]
    article = found.article
    assert article is not None
    wanted = expected["article"]
    assert {name: real(article, name) for name in wanted} == wanted
    assert article.account.residue is None
    assert (article.genre, article.url, article.native_id) == ("article", None, None)
    assert [(one.name, one.role) for one in article.contributors] == [(wanted["byline"], "author")]
