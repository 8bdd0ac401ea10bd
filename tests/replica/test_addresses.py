"""Paths by era, and back."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replica.addresses import (
    article_path,
    era_of,
    era_on,
    page_file_path,
    page_path,
    picture_path,
)
from replica.routes import read_path

DATES = st.dates(date(2007, 12, 16), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("day", "page", "article"),
    [
        (date(2007, 12, 16), "/cqrb/html/2007-12/16/node_124.htm", "content_5.htm"),
        (date(2016, 6, 30), "/cqrb/html/2016-06/30/node_124.htm", "content_5.htm"),
        (date(2016, 7, 1), "/html/cqrb/2016-07/01/001/node.htm", "content_5.htm"),
        (date(2018, 12, 1), "/html/cqrb/2018-12/01/001/node.htm", "content_5.htm"),
        (date(2020, 12, 31), "/html/cqrb/2020-12/31/001/node.htm", "content_5.htm"),
        (date(2021, 1, 1), "/cqrb/2021-01/01/001/node.htm", "content_rb_5.htm"),
    ],
)
def test_addresses_are_those_of_their_era(day: date, page: str, article: str) -> None:
    assert page_path(day, 1) == page
    assert article_path(day, 1, "5") == f"{page.rpartition('/')[0]}/{article}"


def test_the_second_and_third_eras_differ_by_host() -> None:
    assert era_on(date(2018, 11, 30)).host != era_on(date(2018, 12, 1)).host
    assert era_of(date(2007, 12, 15)) is None


@given(DATES, st.integers(1, 8), st.integers(1, 999_999).map(str))
def test_every_path_is_read_back(day: date, page_no: int, native_id: str) -> None:
    page = read_path(page_path(day, page_no))
    assert page is not None
    assert (page.kind, page.issue_date, page.page_no) == ("page", day, page_no)
    article = read_path(article_path(day, page_no, native_id) + "?div=-1")
    assert article is not None
    assert (article.kind, article.issue_date, article.native_id) == ("article", day, native_id)
    facsimile = read_path(page_file_path(day, page_no, "jpg"))
    assert facsimile is not None
    assert (facsimile.kind, facsimile.page_no) == ("facsimile", page_no)
    picture = read_path(picture_path(day, native_id, 2))
    assert picture is not None
    assert (picture.kind, picture.native_id) == ("picture", native_id)


@pytest.mark.parametrize("path", ["/favicon.ico", "/cqrb/2026-13/01/007/node.htm", "/cqrb/x"])
def test_other_paths_name_nothing(path: str) -> None:
    assert read_path(path) is None
