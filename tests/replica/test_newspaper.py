"""The invented newspaper: repeatable, varied, and nobody's words."""

import re
import subprocess
import sys
import time
import unicodedata
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from press.record import Json
from replica.addresses import ERAS
from replica.markup.article import render_article
from replica.markup.index import render_index
from replica.newspaper import Newspaper
from replica.records import true_record
from replica.stories.essays import LONG_TEXT
from replica.stories.kinds import KINDS
from replica.truth import TrueArticle, TrueIssue

DAY = date(2026, 1, 12)
DAYS = tuple(DAY - timedelta(days=back) for back in range(30))
SEED_PAGE = Path(__file__).parents[3] / "shared" / "seed" / "cqrb_2026-01-12_007.txt"
DIGEST = """
import hashlib
from datetime import date
from replica.newspaper import Newspaper
from replica.markup.article import render_article
issue = Newspaper(11).issue(date(2019, 5, 4))
pages = [render_article(a, p, issue).body for p in issue.pages for a in p.articles]
print(hashlib.sha256(b"".join(pages)).hexdigest())
"""


def issue_of(day: date, seed: int = 7) -> TrueIssue:
    issue = Newspaper(seed).issue(day)
    assert issue is not None
    return issue


def articles_of(issue: TrueIssue) -> list[TrueArticle]:
    return [article for page in issue.pages for article in page.articles]


def test_the_same_seed_gives_the_same_bytes_in_every_process() -> None:
    digests = {
        subprocess.run(  # noqa: S603  # our own interpreter and text
            [sys.executable, "-c", DIGEST],
            env={"PYTHONHASHSEED": hash_seed},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for hash_seed in ("1", "2")
    }
    assert len(digests) == 1


def test_another_seed_gives_another_paper() -> None:
    assert issue_of(DAY, 1) != issue_of(DAY, 2)


def test_no_issue_came_out_before_the_first_day() -> None:
    assert Newspaper(7).issue(date(2007, 12, 15)) is None
    assert Newspaper(7).issue(date(2007, 12, 16)) is not None


def test_page_7_shows_every_kind_of_story_within_thirty_issues() -> None:
    seen = {
        article.kind
        for day in DAYS
        for article in articles_of(issue_of(day))
        if article.page_no == 7
    }
    assert set(KINDS) - {"long"} <= seen
    assert {"jump", "resumed"} <= seen


def test_every_kind_occurs_often_within_thirty_issues() -> None:
    kinds = [article.kind for day in DAYS for article in articles_of(issue_of(day))]
    assert min(kinds.count(kind) for kind in KINDS) >= 5


@given(st.dates(date(2007, 12, 16), date(2026, 12, 31)), st.integers(0, 5))
def test_an_issue_is_consistent_with_itself(day: date, seed: int) -> None:
    issue = issue_of(day, seed)
    ids = [article.native_id for article in articles_of(issue)]
    assert len(set(ids)) == len(ids)
    assert [page.page_no for page in issue.pages] == list(range(1, 9))
    for page in issue.pages:
        assert [entry.order for entry in page.entries] == list(range(1, len(page.entries) + 1))
        listed = [entry.listed for entry in page.entries]
        assert listed == sorted(listed, reverse=True)
        for entry in page.entries:
            assert entry.listed or entry.mapped
            assert bool(entry.zones) == entry.mapped


def texts_of(value: Json) -> list[str]:
    match value:
        case str():
            return [value]
        case list():
            return [text for item in value for text in texts_of(item)]
        case dict():
            return [text for item in value.values() for text in texts_of(item)]
        case _:
            return []


@pytest.mark.parametrize("kind", KINDS)
def test_texts_are_as_the_record_wants_them(kind: str) -> None:
    for day in DAYS[:5]:
        [article] = Newspaper(7).specimen(kind, day).articles
        record = true_record(article)
        record["text"] = None  # empty for a picture
        for text in texts_of(record):
            assert text
            assert text == unicodedata.normalize("NFC", text)
            assert text == text.strip()
        for contributor in article.contributors:
            assert not re.search(r"\s", contributor.name)
        if article.dateline:
            assert article.blocks[0].text.startswith(article.dateline)


def test_the_long_story_is_long() -> None:
    [article] = Newspaper(7).specimen("long", DAY).articles
    assert len(article.text) > LONG_TEXT


def test_a_jump_has_two_halves_that_point_at_each_other() -> None:
    found = 0
    for day in DAYS:
        for article in articles_of(issue_of(day)):
            if article.continues_to is None:
                continue
            page = issue_of(day).page(article.continues_to)
            assert page is not None
            assert article.page_no in [other.continued_from for other in page.articles]
            found += 1
    assert found >= 5


def test_an_issue_with_its_pages_takes_less_than_fifty_milliseconds() -> None:
    times = []
    for back in range(20):
        start = time.process_time()
        issue = issue_of(date(2024, 3, 1) + timedelta(days=back), seed=99)
        for page in issue.pages:
            render_index(page, issue)
            for article in page.articles:
                render_article(article, page, issue)
        times.append(time.process_time() - start)
    assert sorted(times)[5] < 0.05  # the machine may be busy with other work


def han_runs(text: str, length: int) -> set[str]:
    return {
        run[start : start + length]
        for run in re.findall(r"[\u4e00-\u9fff]+", text)
        for start in range(len(run) - length + 1)
    }


def test_no_run_of_twelve_characters_is_from_the_real_page() -> None:
    """Without the real page at hand there is nothing to compare with."""
    real = SEED_PAGE.read_text(encoding="utf-8") if SEED_PAGE.exists() else ""
    ours = "\n".join(
        "\n".join(texts_of(true_record(article)))
        for day in DAYS
        for article in articles_of(issue_of(day))
    )
    sheets = [
        render_article(page.articles[0], page, issue_of(era.since)).body
        for era in ERAS
        for page in issue_of(era.since).pages
    ]
    ours += "".join(sheet.decode("utf-8", "ignore") for sheet in sheets)
    assert len(ours) > 1_000_000
    assert not han_runs(real, 12) & han_runs(ours, 12)
