"""Issues that change after they came out: what the first read shows, and the second."""

from datetime import date, timedelta

import pytest

from replica.addresses import page_path
from replica.history import REVISED
from replica.newspaper import Newspaper
from replica.scenario import Fault, FaultName, Scenario
from replica.scenarios import FAULT_DATES, SCENARIOS
from replica.site import Site
from replica.truth import TrueArticle, TruePage

NEWSPAPER = Newspaper(7)
FAULTS = Site(NEWSPAPER, SCENARIOS["faults"])
ERA_1 = date(2012, 3, 5)


def healthy(label: str, page_no: int = 7) -> TruePage:
    issue = NEWSPAPER.issue(FAULT_DATES[label])
    page = issue.page(page_no) if issue else None
    assert page is not None
    return page


def read(label: str, page_no: int, earlier: int) -> bytes:
    """The index of that page at that read; empty when it is gone."""
    given = FAULTS.answer(page_path(FAULT_DATES[label], page_no), {}, earlier)
    return given.body if given.status == 200 else b""


def status(path: str, earlier: int) -> int:
    return FAULTS.answer(path, {}, earlier).status


def lists(body: bytes, article: TrueArticle) -> bool:
    return f"_{article.native_id}.htm".encode() in body


def test_a_withdrawn_issue_is_gone_at_the_second_read_of_each_address() -> None:
    page = healthy("issue_withdrawn")
    for path in (page.path, page.lead.path, healthy("issue_withdrawn", 1).path):
        assert [status(path, earlier) for earlier in range(3)] == [200, 404, 404]
    day = FAULT_DATES["issue_withdrawn"]
    assert (FAULTS.issue(day) is None, FAULTS.issue(day, 1) is None) == (False, True)


def test_a_withdrawn_page_is_gone_with_its_articles_and_no_longer_listed() -> None:
    page = healthy("page_withdrawn")
    for path in (page.path, page.lead.path):
        assert [status(path, earlier) for earlier in range(3)] == [200, 404, 404]
    front = [b"007/node.htm" in read("page_withdrawn", 1, earlier) for earlier in range(2)]
    assert front == [True, False]
    assert status(healthy("page_withdrawn", 6).path, 5) == 200


def test_an_added_page_is_listed_from_the_second_read_on_and_there_before() -> None:
    front = [b"009/node.htm" in read("page_added", 1, earlier) for earlier in range(3)]
    assert front == [False, True, True]
    issue = FAULTS.issue(FAULT_DATES["page_added"], 1)
    page = issue.page(9) if issue else None
    assert page is not None
    for path in (page.path, *(article.path for article in page.articles)):
        assert [status(path, earlier) for earlier in range(2)] == [200, 200]
    ids = [article.native_id for one in issue.pages for article in one.articles] if issue else []
    assert len(ids) == len(set(ids))


def test_in_era_1_no_ninth_page_can_be_added() -> None:
    site = Site(NEWSPAPER, Scenario(name="x", faults={ERA_1: Fault("page_added")}))
    with pytest.raises(ValueError, match="no slot"):
        site.issue(ERA_1)


def test_an_added_article_is_listed_from_the_second_read_on_and_there_before() -> None:
    last = healthy("article_added").articles[-1]
    assert [lists(read("article_added", 7, n), last) for n in range(3)] == [False, True, True]
    assert status(last.path, 0) == 200


def test_a_moved_article_leaves_its_page_and_its_address_for_others() -> None:
    lead = healthy("moved_article").lead
    assert [lists(read("moved_article", 7, n), lead) for n in range(2)] == [True, False]
    assert [lists(read("moved_article", 6, n), lead) for n in range(2)] == [False, True]
    assert [status(lead.path, n) for n in range(2)] == [200, 404]
    assert [status(lead.path.replace("/007/", "/006/"), n) for n in range(2)] == [200, 200]
    issue = FAULTS.issue(FAULT_DATES["moved_article"], 1)
    assert issue is not None
    for page_no in (6, 7):
        page = issue.page(page_no)
        assert page is not None
        assert [a.order for a in page.articles] == list(range(1, len(page.articles) + 1))


def test_a_moved_article_stands_before_those_that_only_the_image_map_knows() -> None:
    days = (date(2025, 3, 1) + timedelta(days=n) for n in range(60))
    mixed = 0
    for day in days:
        issue = Site(NEWSPAPER, Scenario(name="x", faults={day: Fault("moved_article")})).issue(
            day, 1
        )
        page = issue.page(6) if issue else None
        assert page is not None
        listed = [article.listed for article in page.articles]
        assert listed == sorted(listed, reverse=True)
        mixed += not all(listed)
    assert mixed


def test_a_changed_headline_changes_in_the_list_and_in_the_article() -> None:
    lead = healthy("headline_changed").lead
    new = f"{lead.title}{REVISED}"
    issue = FAULTS.issue(FAULT_DATES["headline_changed"], 1)
    page = issue.page(7) if issue else None
    assert page is not None
    assert page.lead.title == new
    bodies = [FAULTS.answer(lead.path, {}, n).body for n in range(3)]
    assert bodies[0] != bodies[1] == bodies[2]
    assert read("headline_changed", 7, 0) != read("headline_changed", 7, 1)


def test_a_list_shrinks_while_every_article_stays() -> None:
    articles = healthy("list_shrinks").articles
    listed = [[lists(read("list_shrinks", 7, n), a) for a in articles] for n in range(2)]
    half = (len(articles) + 1) // 2
    assert listed == [[True] * len(articles), [n < half for n in range(len(articles))]]
    assert all(status(article.path, 5) == 200 for article in articles)


@pytest.mark.parametrize("name", ["page_withdrawn", "article_added", "headline_changed"])
def test_a_change_bound_to_a_page_leaves_the_others_alone(name: FaultName) -> None:
    day = date(2026, 1, 12)
    site = Site(NEWSPAPER, Scenario(name="x", faults={(day, 5): Fault(name)}))
    first, later, whole = site.issue(day), site.issue(day, 1), NEWSPAPER.issue(day)
    assert first is not None
    assert later is not None
    assert whole is not None
    assert first.page(5) != later.page(5)
    assert all(first.page(n) == later.page(n) == whole.page(n) for n in (1, 4, 6, 7, 8))
