"""Validators over every page, and what a conditional request is answered."""

from collections.abc import Mapping
from datetime import date

import pytest

from replica.answer import Answer
from replica.newspaper import Newspaper
from replica.scenario import Fault, Scenario
from replica.scenarios import FAULT_DATES, SCENARIOS
from replica.site import Site

NEWSPAPER = Newspaper(7)
DEMO = Site(NEWSPAPER, SCENARIOS["demo"])
FAULTS = Site(NEWSPAPER, SCENARIOS["faults"])
DAY = date(2026, 1, 12)
INDEX = "/cqrb/2026-01/12/007/node.htm"
MODIFIED = "Sat, 01 Nov 2025 22:00:00 GMT"
BEFORE, AFTER = "Sat, 01 Nov 2025 21:59:59 GMT", "Sun, 02 Nov 2025 07:00:00 +0800"


def lead_path(day: date) -> str:
    issue = NEWSPAPER.issue(day)
    page = issue.page(7) if issue else None
    assert page is not None
    return page.lead.path


def etag(given: Answer) -> str:
    return dict(given.headers)["ETag"]


def marks(given: Answer) -> set[str]:
    return {"ETag", "Last-Modified"} & set(dict(given.headers))


@pytest.mark.parametrize("path", [INDEX, lead_path(DAY)])
def test_pages_and_articles_bear_a_digest_and_a_fixed_date(path: str) -> None:
    given = DEMO.answer(path, {})
    assert dict(given.headers)["Last-Modified"] == MODIFIED
    assert etag(given) == etag(DEMO.answer(path, {}, 9))
    assert etag(given) == etag(DEMO.answer(path, {"accept-encoding": "gzip"}))
    assert etag(given) != etag(DEMO.answer(INDEX.replace("007", "006"), {}))


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"if-none-match": "TAG"}, 304),
        ({"if-none-match": "W/TAG"}, 304),
        ({"if-none-match": '"other", TAG'}, 304),
        ({"if-none-match": "*"}, 304),
        ({"if-none-match": '"other"'}, 200),
        ({"if-none-match": '"other"', "if-modified-since": AFTER}, 200),
        ({"if-modified-since": MODIFIED}, 304),
        ({"if-modified-since": AFTER}, 304),
        ({"if-modified-since": BEFORE}, 200),
        ({"if-modified-since": "yesterday"}, 200),
        ({}, 200),
    ],
)
def test_a_page_is_unchanged_for_whoever_has_it(asked: Mapping[str, str], status: int) -> None:
    whole = DEMO.answer(INDEX, {})
    sent = {name: value.replace("TAG", etag(whole)) for name, value in asked.items()}
    given = DEMO.answer(INDEX, sent)
    assert given.status == status
    assert etag(given) == etag(whole)
    assert given.body == (b"" if status == 304 else whole.body)


def test_a_changed_page_has_another_mark_and_comes_whole() -> None:
    path = lead_path(FAULT_DATES["changing_article"])
    first = FAULTS.answer(path, {}, 0)
    given = FAULTS.answer(path, {"if-none-match": etag(first)}, 1)
    assert (given.status, etag(given) == etag(first)) == (200, False)


@pytest.mark.parametrize("label", ["challenge", "soft_404", "busy", "error", "page_404", "login"])
def test_what_is_no_page_bears_no_mark(label: str) -> None:
    path = f"/cqrb/{FAULT_DATES[label]:%Y-%m/%d}/007/node.htm"
    given = FAULTS.answer(path, {"if-none-match": "*", "if-modified-since": AFTER})
    assert not marks(given)
    assert given.status != 304


@pytest.mark.parametrize("path", ["/robots.txt", "/cqrb/", "/nowhere", INDEX[:-8] + "x.jpg"])
def test_other_files_bear_no_mark(path: str) -> None:
    assert not marks(DEMO.answer(path, {}))


def test_a_server_may_have_no_validators() -> None:
    given = Site(NEWSPAPER, SCENARIOS["validators-absent"]).answer(INDEX, {"if-none-match": "*"})
    assert (given.status, marks(given)) == (200, set())


def test_a_lying_server_calls_a_changed_page_unchanged() -> None:
    lying = Site(NEWSPAPER, SCENARIOS["validators-lying"])
    path = lead_path(DAY)
    first, second = lying.answer(path, {}, 0), lying.answer(path, {}, 1)
    assert first.body != second.body
    assert lying.answer(path, {"if-none-match": etag(first)}, 1).status == 304


def test_a_slow_answer_is_still_whole() -> None:
    slow = Site(NEWSPAPER, Scenario(name="x", faults={DAY: Fault("slow")}))
    assert slow.answer(INDEX, {"if-none-match": "*"}).pause_s > 0
