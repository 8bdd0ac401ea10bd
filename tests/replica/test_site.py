"""The site's answers, healthy and with each fault."""

import gzip
import re
from datetime import date, timedelta
from typing import get_args

import pytest

from replica import strangers
from replica.answer import Answer
from replica.faults import RETRY_AFTER_S
from replica.newspaper import Newspaper
from replica.scenario import Fault, FaultName, Scenario
from replica.scenarios import FAULT_DATES, MONTH_DATES, SCENARIOS
from replica.site import Site
from replica.truth import TrueArticle, TruePage

NEWSPAPER = Newspaper(7)
DEMO = Site(NEWSPAPER, SCENARIOS["demo"])
FAULTS = Site(NEWSPAPER, SCENARIOS["faults"])
MONTH = Site(NEWSPAPER, SCENARIOS["month"])
DAY = date(2026, 1, 12)


def page_of(day: date, page_no: int = 7) -> TruePage:
    issue = NEWSPAPER.issue(day)
    assert issue is not None
    page = issue.page(page_no)
    assert page is not None
    return page


def lead_of(label: str) -> TrueArticle:
    return page_of(FAULT_DATES[label]).lead


def asked(site: Site, path: str, earlier: int = 0, **headers: str) -> Answer:
    return site.answer(path, headers, earlier)


def index(label: str, earlier: int = 0) -> Answer:
    return asked(FAULTS, page_of(FAULT_DATES[label]).path, earlier)


def lead(label: str, earlier: int = 0) -> Answer:
    return asked(FAULTS, lead_of(label).path, earlier)


@pytest.mark.parametrize(
    "day", [date(2010, 3, 5), date(2017, 3, 5), date(2019, 3, 5), date(2024, 3, 5)]
)
def test_every_file_that_a_healthy_issue_names_is_there(day: date) -> None:
    issue = DEMO.issue(day)
    assert issue is not None
    front = asked(DEMO, issue.pages[0].path).body.decode("gb18030", "replace")
    assert issue.pages[6].path.rpartition("/")[2] in front
    for page in issue.pages:
        given = asked(DEMO, page.path)
        assert given.status == 200
        paths = re.findall(rb'(?:href|src)=["]?(/[^\s">?]+)', given.body)
        kinds = {path.rpartition(b".")[2] for path in paths}
        assert {b"jpg", b"pdf"} <= kinds
        for path in paths:
            if not path.startswith(b"/tplimg/"):
                assert asked(DEMO, path.decode()).status == 200
        for article in page.articles:
            assert asked(DEMO, article.path).status == 200


def test_the_folder_leads_to_the_newest_issue() -> None:
    given = asked(DEMO, "/cqrb/")
    assert b"URL=2026-01/12/001/node.htm" in given.body
    assert asked(DEMO, page_of(DAY + timedelta(days=1)).path).status == 404


def test_paths_of_another_era_are_not_there() -> None:
    path = page_of(DAY).path
    assert asked(DEMO, path).status == 200
    assert asked(DEMO, "/html" + path).status == 404


def test_text_is_gzipped_for_those_who_take_it() -> None:
    path = page_of(DAY).path
    packed = DEMO.answer(path, {"accept-encoding": "gzip, br"})
    assert ("Content-Encoding", "gzip") in packed.headers
    assert gzip.decompress(packed.body) == asked(DEMO, path).body


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("robots-allow", b"User-agent: *\nAllow: /\n"),
        ("robots-delay", b"User-agent: *\nCrawl-delay: 2\n"),
        ("robots-forbid", b"User-agent: *\nDisallow: /\n"),
        ("faults", b"User-agent: *\nDisallow: /cqrb/2025-10/28/\n"),
    ],
)
def test_robots_says_what_the_scenario_says(name: str, text: bytes) -> None:
    given = asked(Site(NEWSPAPER, SCENARIOS[name]), "/robots.txt")
    assert given.body == text
    assert asked(DEMO, "/robots.txt").status == 404


def test_every_fault_has_a_date_and_does_something() -> None:
    told = {fault.name for fault in SCENARIOS["faults"].faults.values()}
    assert told == set(get_args(FaultName))
    for label, day in FAULT_DATES.items():
        page = page_of(day)
        paths = [page.path, page.lead.path, "/robots.txt"]
        faulty = [asked(FAULTS, path, earlier) for path in paths for earlier in (0, 1)]
        healthy = [asked(DEMO, path, earlier) for path in paths for earlier in (0, 1)]
        healthy[4:] = [asked(FAULTS, "/robots.txt")] * 2
        if label == "robots_forbid":
            assert f"Disallow: /cqrb/{day:%Y-%m/%d}/".encode() in faulty[4].body
        else:
            assert faulty != healthy, label


def test_without_an_issue_everything_of_the_day_is_missing() -> None:
    assert index("no_issue").status == lead("no_issue").status == 404
    assert FAULTS.issue(FAULT_DATES["no_issue"]) is None


def test_a_late_issue_is_there_at_the_third_read() -> None:
    assert [index("late_issue", earlier).status for earlier in range(3)] == [404, 404, 200]


def test_an_absent_page_is_in_no_page_list() -> None:
    day = FAULT_DATES["page_absent"]
    issue = FAULTS.issue(day)
    assert issue is not None
    assert [page.page_no for page in issue.pages] == [1, 2, 3, 4, 5, 6, 8]
    assert index("page_absent").status == 404
    for page in issue.pages:
        assert b"/007/node.htm" not in asked(FAULTS, page.path).body


def test_a_page_may_be_listed_and_missing() -> None:
    assert index("page_404").status == 404
    assert lead("page_404").status == 200


@pytest.mark.parametrize(
    ("label", "status", "body"),
    [
        ("soft_404", 200, strangers.NOT_FOUND),
        ("soft_404_jump", 200, strangers.NOT_FOUND_JUMP),
        ("challenge", 200, strangers.CHALLENGE),
        ("challenge_403", 403, strangers.CHALLENGE),
        ("captcha", 200, strangers.CAPTCHA),
        ("captcha_403", 403, strangers.CAPTCHA),
        ("login", 200, strangers.LOGIN),
    ],
)
def test_a_strange_page_comes_for_the_whole_day(label: str, status: int, body: bytes) -> None:
    for given in (index(label), lead(label), lead(label, earlier=5)):
        assert (given.status, given.body) == (status, body)


@pytest.mark.parametrize(
    ("label", "body"),
    [("soft_404_article", strangers.NOT_FOUND), ("home_page", strangers.HOME)],
)
def test_a_strange_page_comes_for_the_lead_article_only(label: str, body: bytes) -> None:
    assert lead(label).body == body
    assert index(label).body != body
    others = [a for a in page_of(FAULT_DATES[label]).articles if a != lead_of(label)]
    assert all(asked(FAULTS, other.path).body != body for other in others)


def test_a_redesign_keeps_the_words_and_drops_the_marks() -> None:
    page, story = index("changed_layout").body, lead("changed_layout").body
    for body in (page, story):
        assert not re.search(rb"ozoom|PagePicMap|founder|<table|\bmp\d", body)
    assert lead_of("changed_layout").blocks[0].text[:20].encode() in story


def test_another_days_issue_comes() -> None:
    day = FAULT_DATES["other_issue"]
    assert index("other_issue") == asked(DEMO, page_of(day - timedelta(days=1)).path)


def test_the_server_asks_for_a_pause() -> None:
    for label, status in (("too_many_requests", 429), ("busy", 503)):
        given = index(label)
        assert given.status == status
        assert ("Retry-After", str(RETRY_AFTER_S)) in given.headers
    assert index("too_many_requests", earlier=1).status == 200
    assert index("busy", earlier=9).status == 503
    assert [index("recovering", earlier).status for earlier in range(3)] == [503, 503, 200]


def test_an_error_may_happen_once() -> None:
    assert [index("error_once", earlier).status for earlier in range(2)] == [500, 200]


def test_a_truncated_answer_claims_more_than_it_holds() -> None:
    given = index("truncated")
    assert given.claimed_length is not None
    assert len(given.body) < given.claimed_length


def test_a_cut_gzip_has_the_right_length_and_no_end() -> None:
    given = index("truncated_gzip")
    assert given.claimed_length is None
    with pytest.raises(EOFError):
        gzip.decompress(given.body)


def test_the_header_may_lie_about_the_charset() -> None:
    given = lead("wrong_charset")
    charset = dict(given.headers)["Content-Type"].rpartition("=")[2]
    with pytest.raises(UnicodeDecodeError):
        given.body.decode(charset)


def test_a_redirect_leads_to_the_same_page_under_the_other_scheme() -> None:
    given = index("redirected")
    assert given.status == 302
    target = dict(given.headers)["Location"]
    assert target.startswith("/html/cqrb/")
    assert asked(FAULTS, target) == asked(DEMO, page_of(FAULT_DATES["redirected"]).path)


def test_a_changing_article_has_three_versions() -> None:
    bodies = [lead("changing_article", earlier).body for earlier in range(4)]
    assert len(set(bodies)) == 3
    assert bodies[2] == bodies[3]


def test_a_withdrawn_article_leaves_the_page_too() -> None:
    name = f"_{lead_of('withdrawn_article').native_id}.htm".encode()
    assert lead("withdrawn_article").status == 200
    assert lead("withdrawn_article", earlier=1).status == 404
    assert name in index("withdrawn_article").body
    assert name not in index("withdrawn_article", earlier=1).body


def test_a_fault_may_be_bound_to_a_page_or_to_a_pattern_of_paths() -> None:
    bound = Scenario(name="x", faults={(DAY, 7): Fault("error"), "*/005/node.htm": Fault("busy")})
    site = Site(NEWSPAPER, bound)
    statuses = {n: asked(site, page_of(DAY, n).path).status for n in (4, 5, 7)}
    assert statuses == {4: 200, 5: 503, 7: 500}


def test_the_month_has_its_troubles_and_is_healthy_otherwise() -> None:
    troubled = {day for days in MONTH_DATES.values() for day in days}
    for number in range(1, 31):
        day = date(2025, 11, number)
        path = page_of(day).path
        same = [asked(MONTH, path, n) == asked(DEMO, path, n) for n in range(3)]
        lead_path = page_of(day).lead.path
        same += [asked(MONTH, lead_path, n) == asked(DEMO, lead_path, n) for n in range(3)]
        assert all(same) == (day not in troubled)
