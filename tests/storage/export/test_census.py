"""What an export held is counted as it passes."""

from datetime import date

from storage.export.census import Census
from tests.storage.export.records import a_record
from tests.storage.samples import an_article


def test_every_article_is_counted_under_what_it_is():
    records = [
        a_record(),
        a_record(an_article(order=2, genre="photo"), status="withdrawn"),
        a_record(an_article(page_no=8)),
        a_record(an_article(issue_date=date(2030, 1, 1)), parser="other 2"),
    ]
    census = Census()
    assert list(census.counting(records)) == records
    assert census.articles == 4
    assert census.pages == 3
    assert dict(census.years) == {("cqrb", 2031): 3, ("cqrb", 2030): 1}
    assert dict(census.genres) == {"article": 3, "photo": 1}
    assert dict(census.statuses) == {"ok": 3, "withdrawn": 1}
    assert census.parsers["other 2"] == 1
    assert (census.first, census.last) == (date(2030, 1, 1), date(2031, 2, 3))
    assert census.names == {"cqrb": "重庆日报"}
    assert census.char_count == 4 * an_article().char_count


def test_of_nothing_there_is_nothing():
    census = Census()
    assert list(census.counting([])) == []
    assert (census.articles, census.first) == (0, None)
