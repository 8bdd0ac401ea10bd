"""Differences between two readings: complete, silent where nothing changed, and readable."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given

from press.account import Account, Piece
from press.difference import (
    FIELDS,
    LISTS,
    FieldDifference,
    difference_json,
    differences,
    step_json,
)
from press.keys import content_hash
from press.model import Article, Block, Contributor, Picture
from press.record import ArticleRecord, article_json
from tests.storage.samples import PARSER, START, a_capture, an_article
from tests.strategies import ARTICLES, ZONES


def a_record(article: Article, revision: int) -> ArticleRecord:
    return ArticleRecord(
        id="cqrb-20310203-007-353117", article=article, status="ok", revision=revision,
        first_seen_at=START, fetched_at=START + timedelta(hours=revision),
        place=a_capture(hours=revision).place, parser=PARSER,
    )  # fmt: skip


def seen(article: Article) -> dict[str, Any]:
    """The compared fields as the record has them; pictures without the number they stand at."""
    record = article_json(a_record(article, 1))
    pictures: Any = record["pictures"]
    return {name: record[name] for name in FIELDS} | {
        "pictures": [(p["url"], p["caption"], p["credit"]) for p in pictures]
    }


def brief(found: tuple[FieldDifference, ...]) -> list[tuple[object, ...]]:
    return [(d.field, d.part, d.no_before, d.no_after, d.before, d.after) for d in found]


def paragraphs(*texts: str) -> Article:
    return an_article(blocks=tuple(Block(type="paragraph", text=text) for text in texts))


@given(ARTICLES, ARTICLES)
def test_there_is_a_difference_where_readers_of_the_record_see_one(
    before: Article, after: Article
) -> None:
    found = differences(before, after)
    changed = {name for name in FIELDS if seen(before)[name] != seen(after)[name]}
    assert {difference.field for difference in found} == changed
    assert found or content_hash(before) == content_hash(after)
    assert [d.field for d in found] == sorted((d.field for d in found), key=FIELDS.index)


@given(ARTICLES, ARTICLES)
def test_the_way_back_mirrors_the_way_there_in_plain_fields(
    before: Article, after: Article
) -> None:
    there = [d for d in differences(before, after) if d.field not in LISTS]
    back = [d for d in differences(after, before) if d.field not in LISTS]
    assert [(d.before, d.after) for d in there] == [(d.after, d.before) for d in back]


@given(ARTICLES, ZONES)
def test_where_an_article_stands_is_no_difference(article: Article, zones: Any) -> None:
    moved = replace(article, order=99, url=None, native_id="1", zones=zones)
    assert differences(article, moved) == ()


@pytest.mark.parametrize("field", [name for name in FIELDS if name not in (*LISTS, "residue")])
def test_each_field_that_is_no_list_is_compared(field: str) -> None:
    article = an_article()
    (found,) = differences(article, replace(article, **{field: "另一个"}))
    value = getattr(article, field)
    before = None if value is None else str(value)
    assert (found.field, found.before, found.after) == (field, before, "另一个")
    assert (found.part, found.no_before, found.no_after) == (None, None, None)


def test_a_residue_that_is_gone_is_a_difference() -> None:
    before = an_article(account=Account((Piece("residue", "unknown", "余文"),)))
    assert brief(differences(before, an_article(account=Account()))) == [
        ("residue", None, None, None, "unknown: 余文", None)
    ]


def test_a_changed_paragraph_is_found_behind_a_new_one() -> None:
    before = paragraphs("开头。", "今年共放灯120盏。", "结尾。")
    after = paragraphs("开头。", "（本报讯）", "今年共放灯130盏。", "结尾。")
    assert brief(differences(before, after)) == [
        ("blocks", "type", None, 2, None, "paragraph"),
        ("blocks", "text", None, 2, None, "（本报讯）"),
        ("blocks", "text", 2, 3, "今年共放灯120盏。", "今年共放灯130盏。"),
    ]
    number = differences(before, after)[-1].stretches
    assert [(one.kind, one.text) for one in number] == [
        ("kept", "今年共放灯"), ("removed", "120"), ("added", "130"), ("kept", "盏。")
    ]  # fmt: skip


def test_a_block_that_only_changed_its_type_says_so() -> None:
    before, after = paragraphs("桥下"), an_article(blocks=(Block(type="crosshead", text="桥下"),))
    assert brief(differences(before, after)) == [("blocks", "type", 1, 1, "paragraph", "crosshead")]


def test_a_removed_block_is_told_whole() -> None:
    assert brief(differences(paragraphs("甲。", "乙。"), paragraphs("甲。"))) == [
        ("blocks", "type", 2, None, "paragraph", None),
        ("blocks", "text", 2, None, "乙。", None),
    ]


def test_a_table_changes_by_its_rows() -> None:
    def table(cell: str) -> Article:
        rows = (("灯", "盏"), ("纸灯", cell))
        text = "\n".join("\t".join(row) for row in rows)
        return an_article(blocks=(Block(type="table", text=text, rows=rows),))

    (found,) = differences(table("12"), table("13"))
    assert (found.part, found.after) == ("rows", '["灯", "盏"]\n["纸灯", "13"]')


def test_a_caption_and_a_role_change_in_their_place() -> None:
    def article(caption: str, role: Any) -> Article:
        return an_article(
            pictures=(Picture(order=1, url=None, caption=caption, credit=None),),
            contributors=(Contributor(name="顾小舟", role=role),),
        )

    found = differences(article("桥上的灯", "author"), article("桥下的灯", "reporter"))
    assert brief(found) == [
        ("contributors", "role", 1, 1, "author", "reporter"),
        ("pictures", "caption", 1, 1, "桥上的灯", "桥下的灯"),
    ]


def test_a_picture_of_which_nothing_is_known_comes_and_goes_too() -> None:
    bare = an_article(pictures=(Picture(order=1, url=None, caption=None, credit=None),))
    assert brief(differences(an_article(pictures=()), bare)) == [
        ("pictures", "url", None, 1, None, None)
    ]


def test_a_step_names_both_revisions_and_what_changed() -> None:
    before, after = an_article(), an_article(headline="桥上的灯　灭了")
    step: Any = step_json(a_record(before, 1), a_record(after, 2))
    assert step["id"] == "cqrb-20310203-007-353117"
    assert (step["before"]["revision"], step["after"]["revision"]) == (1, 2)
    (found,) = differences(before, after)
    assert step["differences"] == [difference_json(found)]
