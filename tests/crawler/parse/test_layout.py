"""Links and dated folders."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.parse.layout import is_of_page, issue_folder, path_of, resolve
from crawler.platforms import LAYOUTS
from tests.strategies import DATES

BASE = "https://paper.example/cqrb/2026-01/12/007/node.htm"
FOLDER = "https://paper.example/cqrb/2026-01/12/007/"


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("content_1.htm", f"{FOLDER}content_1.htm"),
        ("content_1.htm?div=-1#top", f"{FOLDER}content_1.htm"),
        ("./content_1.htm", f"{FOLDER}content_1.htm"),
        ("../008/node.htm", "https://paper.example/cqrb/2026-01/12/008/node.htm"),
        ("/a.htm", "https://paper.example/a.htm"),
        ("//other.example/a.htm", "https://other.example/a.htm"),
        ("http://other.example/a.htm?x", "http://other.example/a.htm"),
        (" content\n_1.htm\t", f"{FOLDER}content_1.htm"),
        ("?div=1", BASE),
        ("#top", BASE),
        ("../../../../../../../a.htm", "https://paper.example/a.htm"),
        (None, None),
        ("", None),
        ("javascript:void(0)", None),
        ("java\nscript:alert(1)", None),
        ("mailto:a@paper.example", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("http://[broken/a.htm", None),
        ("http:///a.htm", None),
    ],
)
def test_a_link_is_absolute_and_without_query_and_fragment(
    href: str | None, url: str | None
) -> None:
    assert resolve(BASE, href) == url


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=60))
def test_no_link_raises_and_what_resolves_is_http_and_resolves_to_itself(href: str) -> None:
    url = resolve(BASE, href)
    if url is not None:
        assert url.startswith(("http://", "https://"))
        assert resolve(BASE, url) == url


@pytest.mark.parametrize(
    ("url", "day"),
    [
        (BASE, date(2026, 1, 12)),
        ("https://paper.example/html/202601/12/node_1.htm", date(2026, 1, 12)),
        ("https://paper.example/2026-01/12", date(2026, 1, 12)),
        ("https://paper.example/2026-02/30/a.htm", None),
        ("https://paper.example/2026-01/123/a.htm", None),
        ("https://paper.example/?/2026-01/12/a.htm", None),
        ("https://paper.example/1826-01/12/a.htm", None),
        ("http://[broken/2026-01/12/a.htm", None),
        ("", None),
    ],
)
def test_the_issue_date_is_read_from_the_dated_folder(url: str, day: date | None) -> None:
    assert issue_folder(url) == day


@given(DATES.filter(lambda day: day.year < 2100), st.sampled_from(["%Y-%m/%d", "%Y%m/%d"]))
def test_every_issues_folder_is_read(day: date, pattern: str) -> None:
    assert issue_folder(f"http://paper.example/x/{day.strftime(pattern)}/a.htm") == day


@pytest.mark.parametrize(
    ("platform", "url", "base", "verdict"),
    [
        ("page_folders", f"{FOLDER}content_1.htm", BASE, True),
        ("page_folders", f"{FOLDER}content_1.htm", f"{FOLDER}content_rb_2.htm", True),
        ("page_folders", f"{FOLDER.replace('007', '008')}content_1.htm", BASE, False),
        ("page_folders", f"{FOLDER.replace('12', '13')}content_1.htm", BASE, False),
        ("page_folders", f"{FOLDER}other.htm", BASE, True),
        ("founder_a", "http://a.example/2026-01/12/content_1.htm",
         "http://a.example/2026-01/12/node_2.htm", True),
        ("founder_a", "http://a.example/2026-01/11/content_1.htm",
         "http://a.example/2026-01/12/node_2.htm", False),
    ],
)  # fmt: skip
def test_an_article_is_of_the_page_whose_issue_and_folio_it_shares(
    platform: str, url: str, base: str, verdict: bool
) -> None:
    assert is_of_page(url, LAYOUTS[platform], base) is verdict


@given(st.text(max_size=40))
def test_no_address_raises(url: str) -> None:
    assert isinstance(path_of(url), str)
    assert issue_folder(f"http://{url}/2026-01/12/") in (date(2026, 1, 12), None)


@pytest.mark.parametrize("pump", ["../", "2026-", "/", "x", "%20", " "])
def test_a_pump_of_50_kb_is_resolved(pump: str) -> None:
    text = pump * (50_000 // len(pump))
    assert resolve(BASE, f"{text}a.htm") is not None
    assert issue_folder(f"http://paper.example/{text}") is None
