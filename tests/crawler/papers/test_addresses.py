"""Addresses there and back: of issues, pages and articles, and of mirrors."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.papers import find_paper, known_papers
from crawler.papers.addresses import (
    Mirror,
    article_url,
    front_url,
    hosts_of,
    page_url,
    read_url,
)
from press.errors import UsageError
from press.paper import Era, Paper

PAPERS = known_papers()
ERAS = [(paper, era) for paper in PAPERS.values() for era in paper.eras]
ERA_IDS = [f"{paper.slug}-{era.name}" for paper, era in ERAS]
LAST = date(2031, 12, 31)
DAY = date(2026, 1, 12)
CQRB = PAPERS["cqrb"]
MIRROR = Mirror("http://127.0.0.1:8080")


def era_of(slug: str, name: str) -> Era:
    return next(era for era in find_paper(slug).eras if era.name == name)


def own_id(era: Era, day: date, number: int, page_no: int) -> str:
    """An article's id as that era's platform writes it."""
    return f"{day:%Y%m%d}_{number}-{page_no:02d}" if era.platform == "founder_c" else str(number)


ISSUES = st.sampled_from(ERAS).flatmap(
    lambda pair: st.tuples(
        st.just(pair[0]), st.just(pair[1]), st.dates(pair[1].since, pair[1].until or LAST)
    )
)


@given(ISSUES, st.integers(1, 99), st.integers(1, 9_999_999))
def test_an_articles_address_is_read_back(
    issue: tuple[Paper, Era, date], page_no: int, number: int
) -> None:
    paper, era, day = issue
    native_id = own_id(era, day, number, page_no)
    found = read_url(paper, article_url(era, day, page_no, native_id))
    assert found is not None
    assert (found.issue_date, found.native_id) == (day, native_id)
    assert found.page_no in (page_no, None)
    assert found.era in paper.eras_on(day)


@given(ISSUES, st.integers(1, 99))
def test_a_pages_address_is_read_back_or_not_guessed(
    issue: tuple[Paper, Era, date], page_no: int
) -> None:
    paper, era, day = issue
    url = page_url(era, day, page_no)
    assert (url is None) == (era.page_url is None)
    if url is not None:
        found = read_url(paper, url)
        assert found is not None
        assert (found.issue_date, found.page_no, found.native_id) == (day, page_no, None)


@given(ISSUES)
def test_the_front_pages_address_is_read_back(issue: tuple[Paper, Era, date]) -> None:
    paper, era, day = issue
    found = read_url(paper, front_url(era, day))
    assert found is not None
    assert (found.issue_date, found.native_id) == (day, None)
    assert found.page_no in (1, None)


@pytest.mark.parametrize(
    ("slug", "era", "day", "page_no", "front", "page", "article"),
    [
        ("cqrb", "cqnews", date(2015, 1, 29), 7,
         "http://cqrbepaper.cqnews.net/cqrb/html/2015-01/29/node_124.htm", None,
         "http://cqrbepaper.cqnews.net/cqrb/html/2015-01/29/content_9.htm"),
        ("cqrb", "www", date(2016, 7, 1), 7,
         "http://www.cqrb.cn/html/cqrb/2016-07/01/001/node.htm",
         "http://www.cqrb.cn/html/cqrb/2016-07/01/007/node.htm",
         "http://www.cqrb.cn/html/cqrb/2016-07/01/007/content_9.htm"),
        ("cqrb", "epaper_html", date(2019, 2, 3), 12,
         "https://epaper.cqrb.cn/html/cqrb/2019-02/03/001/node.htm",
         "https://epaper.cqrb.cn/html/cqrb/2019-02/03/012/node.htm",
         "https://epaper.cqrb.cn/html/cqrb/2019-02/03/012/content_9.htm"),
        ("cqrb", "epaper", DAY, 7,
         "https://epaper.cqrb.cn/cqrb/2026-01/12/001/node.htm",
         "https://epaper.cqrb.cn/cqrb/2026-01/12/007/node.htm",
         "https://epaper.cqrb.cn/cqrb/2026-01/12/007/content_rb_9.htm"),
        ("cqrb", "epaper", DAY, "A01",
         "https://epaper.cqrb.cn/cqrb/2026-01/12/001/node.htm",
         "https://epaper.cqrb.cn/cqrb/2026-01/12/A01/node.htm",
         "https://epaper.cqrb.cn/cqrb/2026-01/12/A01/content_rb_9.htm"),
        ("rmrb", "nbs", date(2017, 10, 16), 1,
         "http://paper.people.com.cn/rmrb/html/2017-10/16/nbs.D110000renmrb_01.htm",
         "http://paper.people.com.cn/rmrb/html/2017-10/16/nbs.D110000renmrb_01.htm",
         "http://paper.people.com.cn/rmrb/html/2017-10/16/nw.D110000renmrb_9.htm"),
        ("jxrb", "jxnews", date(2017, 10, 9), "A01",
         "http://epaper.jxnews.com.cn/jxrb/html/2017-10/09/node_187.htm", None,
         "http://epaper.jxnews.com.cn/jxrb/html/2017-10/09/content_9.htm"),
    ],
)  # fmt: skip
def test_the_addresses_of_each_era_are_those_on_record(
    slug: str, era: str, day: date, page_no: int | str, front: str, page: str | None, article: str
) -> None:
    found = era_of(slug, era)
    assert front_url(found, day) == front
    assert page_url(found, day, page_no) == page
    assert article_url(found, day, page_no, "9") == article


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://epaper.cqrb.cn/",
        "https://epaper.cqrb.cn/cqrb/2026-01/12/007/",
        "https://epaper.cqrb.cn/cqrb/2026-01/12/007/other.htm",
        "https://epaper.cqrb.cn/cqrb/2026-13/12/007/node.htm",
        "https://epaper.cqrb.cn/cqrb/1999-01/12/007/node.htm",
        "https://epaper.cqrb.cn/cqrb/2026-01/12/007/node.htm.php",
        "https://epaper.cqrb.cn/?/cqrb/2026-01/12/007/node.htm",
    ],
)
def test_what_is_no_address_of_the_paper_is_none(url: str) -> None:
    assert read_url(CQRB, url) is None


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8080/cqrb/2026-01/12/007/content_rb_9.htm",
        "https://epaper.cqrb.cn/cqrb/2026-01/12/007/content_rb_9.html?div=-1#top",
        "file:///saved/2026-01/12/007/content_9.htm",
    ],
)
def test_an_address_is_judged_by_its_path_alone(url: str) -> None:
    found = read_url(CQRB, url)
    assert found is not None
    assert (found.issue_date, found.page_no, found.native_id) == (DAY, 7, "9")


def test_the_hosts_of_a_paper_are_those_of_all_its_eras() -> None:
    assert hosts_of(CQRB) == {"cqrbepaper.cqnews.net", "www.cqrb.cn", "epaper.cqrb.cn"}


def test_hosts_are_compared_in_small_letters_and_with_their_port() -> None:
    loud = replace(CQRB.eras[0], front_url="http://Paper.EXAMPLE:8080/a.htm")
    assert hosts_of(replace(CQRB, eras=(loud,))) == {"paper.example:8080"}


@given(
    ISSUES,
    st.integers(1, 99),
    st.sampled_from(["http://127.0.0.1:8080", "https://mirror.example", "http://[::1]:99/"]),
)
def test_a_mirrors_two_ways_are_inverse(
    issue: tuple[Paper, Era, date], page_no: int, origin: str
) -> None:
    _, era, day = issue
    mirror, own = Mirror(origin), article_url(era, day, page_no, "9") + "?div=1"
    out = mirror.outward(own)
    assert out.startswith(origin.rstrip("/") + "/")
    assert mirror.inward(out, front_url(era, day)) == own
    assert mirror.outward(mirror.inward(out, own)) == out


def test_without_a_mirror_every_address_is_itself() -> None:
    url = "https://epaper.cqrb.cn/cqrb/2026-01/12/007/node.htm#x"
    assert Mirror().outward(url) == url
    assert Mirror().inward(url, "http://other.example/") == url


def test_what_another_host_serves_is_not_the_papers() -> None:
    url = "http://elsewhere.example/a.htm"
    assert MIRROR.inward(url, "https://epaper.cqrb.cn/") == url


@pytest.mark.parametrize(
    "origin",
    [
        "",
        "127.0.0.1:8080",
        "ftp://paper.example",
        "http://",
        "http://paper.example/cqrb",
        "http://[",
        "http://paper.example?x",
        "http://a@paper.example",
    ],
)
def test_a_mirror_is_scheme_and_host_only(origin: str) -> None:
    with pytest.raises(UsageError, match="is no site: give scheme and host only"):
        Mirror(origin)


def test_a_slash_at_a_mirrors_end_does_no_harm() -> None:
    assert Mirror("http://127.0.0.1:8080/").outward("https://epaper.cqrb.cn/a/b.htm") == (
        "http://127.0.0.1:8080/a/b.htm"
    )


@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
def test_every_date_from_the_first_issue_on_has_an_era(paper: Paper) -> None:
    last = max(era.until or LAST for era in paper.eras)
    days = [paper.first_issue + timedelta(n) for n in range((last - paper.first_issue).days + 1)]
    assert [day for day in days if not paper.eras_on(day)] == []
    assert paper.eras_on(paper.first_issue - timedelta(1)) == ()


def test_chongqing_daily_has_an_era_that_is_still_running() -> None:
    assert CQRB.eras[-1].until is None
    assert [era.name for era in CQRB.eras_on(DAY)] == ["epaper"]


@pytest.mark.parametrize(
    ("day", "names"),
    [
        (date(2007, 12, 16), ["cqnews"]),
        (date(2016, 3, 13), ["cqnews"]),
        (date(2016, 7, 1), ["www", "cqnews"]),
        (date(2018, 12, 13), ["epaper_html", "www"]),
        (date(2020, 7, 1), ["epaper_html", "epaper"]),
        (date(2021, 2, 23), ["epaper", "epaper_html"]),
        (date(2023, 3, 10), ["epaper", "epaper_html"]),
        (date(2023, 3, 11), ["epaper"]),
    ],
)
def test_where_the_day_of_a_change_is_unknown_the_likelier_era_is_tried_first(
    day: date, names: list[str]
) -> None:
    assert [era.name for era in CQRB.eras_on(day)] == names


@pytest.mark.parametrize(("paper", "era"), ERAS, ids=ERA_IDS)
def test_an_eras_evidence_lies_within_it(paper: Paper, era: Era) -> None:
    first, last = era.evidence
    assert paper.first_issue <= era.since <= first <= last <= (era.until or last)
