"""Changes on the screen: old behind "-", new behind "+", each with its surroundings."""

from dataclasses import replace
from typing import Any

from cli.redline import difference_lines, step_lines
from press.difference import differences
from press.model import Block, Picture
from press.record import ArticleRecord
from tests.cli.test_typeset import PLACE, a_record, text_of

BEFORE = a_record()


def changed(**changes: Any) -> ArticleRecord:
    return replace(a_record(**changes), revision=2, place=replace(PLACE, offset=99))


def lines(**changes: Any) -> list[str]:
    found = differences(BEFORE.article, changed(**changes).article)
    return text_of(*difference_lines(found)).split("\n")


def test_a_step_names_both_revisions_with_their_times_and_captures() -> None:
    text = text_of(*step_lines(BEFORE, changed(byline="罗一叶")))
    assert "xmrb-20260112-007-11 from revision 1 to 2" in text
    assert "- fetched 2026-01-12T00:00:00Z · a.warc.gz@12" in text
    assert "+ fetched 2026-01-12T00:00:00Z · a.warc.gz@99" in text
    assert "\nbyline\n- 顾小舟\n+ 罗一叶\n" in text


def test_two_revisions_that_read_alike_are_said_to() -> None:
    assert "nothing that readers see" in text_of(*step_lines(BEFORE, changed()))


def test_a_change_in_a_long_paragraph_stands_in_its_surroundings() -> None:
    head, tail = "灯一盏接一盏地放下去了，" * 5, "水面上没有一点风声，" * 5

    def blocks(number: int) -> tuple[Block, ...]:
        return (Block(type="paragraph", text=f"{head}共{number}盏{tail}"),)

    found = differences(changed(blocks=blocks(120)).article, changed(blocks=blocks(130)).article)
    _, heading, old, new, _ = text_of(*difference_lines(found)).split("\n")
    assert heading == "blocks 1"
    assert old == f"- …{(head + '共')[-16:]}120{('盏' + tail)[:16]}…"
    assert new == old.replace("120", "130").replace("- ", "+ ", 1)


def test_each_line_of_a_change_has_its_mark() -> None:
    assert lines(headline="河灯亮起\n来的早上")[1:] == [
        "headline", "- 河灯亮起", "- 来的晚上", "+ 河灯亮起", "+ 来的早上", ""
    ]  # fmt: skip


def test_what_came_or_went_has_one_mark_only() -> None:
    assert lines(kicker=None)[1:] == ["kicker", "- 纸上观察", ""]
    assert lines(dateline="本报讯")[1:] == ["dateline", "+ 本报讯", ""]


def test_an_item_that_came_or_went_is_told_in_one_piece() -> None:
    blocks = (*BEFORE.article.blocks[1:], Block(type="note", text="（完）"))
    assert lines(blocks=blocks)[1:] == [
        "blocks 1", "- paragraph · 灯是傍晚放下去的。", "", "blocks 4", "+ note · （完）", ""
    ]  # fmt: skip
    bare = Picture(order=2, url=None, caption=None, credit=None)
    added = lines(pictures=(*BEFORE.article.pictures, bare))
    assert added[1:] == ["pictures 2", "+ nothing known of it", ""]


def test_an_item_that_moved_down_says_so() -> None:
    first, *rest = BEFORE.article.blocks
    note = Block(type="note", text="编者按：有删节")
    told = lines(blocks=(note, Block(type="paragraph", text="灯是清晨放下去的。"), *rest))
    assert first.text == "灯是傍晚放下去的。"
    assert told[1:] == [
        "blocks 1", "+ note · 编者按：有删节", "",
        "blocks 1, now 2", "- 灯是傍晚放下去的。", "+ 灯是清晨放下去的。", "",
    ]  # fmt: skip


def test_a_part_that_changed_is_named() -> None:
    first, *rest = BEFORE.article.blocks
    told = lines(blocks=(replace(first, type="note"), *rest))
    assert told[1:] == ["blocks 1 type", "- paragraph", "+ note", ""]


def test_what_would_steer_the_terminal_is_shown_as_a_replacement() -> None:
    text = "\n".join(lines(headline="红\x1b[31m字\u202e"))
    assert "红\ufffd[31m字\ufffd" in text
    assert not set(text) & {"\x1b", "\u202e"}
