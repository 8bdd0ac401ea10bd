"""The feeds are Atom, whatever the newspaper printed."""

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from readingroom.feeds import feed_answer
from tests.readingroom.asking import ARTICLE, Room
from tests.strategies import TEXTS

ATOM = "{http://www.w3.org/2005/Atom}"


def test_the_newest_articles_come_first_each_with_what_atom_asks_for(room: Room) -> None:
    answer = room.get("/feeds/articles?paper=cqrb&page=7")
    assert answer.headers["content-type"] == "application/atom+xml"
    feed = etree.fromstring(answer.content)
    entries = feed.findall(f"{ATOM}entry")
    assert feed.findtext(f"{ATOM}title") == "重庆日报 第7版"
    assert len(entries) == 7
    assert [entry.findtext(f"{ATOM}id") for entry in entries] == sorted(
        {entry.findtext(f"{ATOM}id") for entry in entries},
        key=[entry.findtext(f"{ATOM}id") for entry in entries].index,
    )
    for entry in entries:
        assert entry.findtext(f"{ATOM}title")
        assert entry.findtext(f"{ATOM}updated", "").endswith("Z")
        assert entry.find(f"{ATOM}author/{ATOM}name") is not None
    links = [link.get("href") for link in entries[5].findall(f"{ATOM}link")]
    assert f"/api/v1/articles/{ARTICLE}" in links


def test_a_feed_without_articles_is_a_feed(room: Room) -> None:
    feed = etree.fromstring(room.get("/feeds/articles?paper=xxrb").content)
    assert feed.findall(f"{ATOM}entry") == []


def test_an_unchanged_feed_costs_no_body(room: Room) -> None:
    first = room.get("/feeds/articles")
    again = room.get("/feeds/articles", If_None_Match=first.headers["etag"])
    assert again.status_code == 304


@given(st.one_of(TEXTS, st.text(st.characters(exclude_categories=["Cs"]))))
def test_any_title_is_text_and_well_formed(title: str) -> None:
    feed = etree.fromstring(feed_answer(title, "/feeds/articles", []).body)
    assert len(feed.find(f"{ATOM}title")) == 0
