"""Pages of the replica after a redesign or a mishap: read right, or reported as changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest

from crawler.papers import find_paper
from crawler.parse.decoding import decode
from crawler.reading import Answer, read_article, read_page
from pipeline.findings import counts_differ
from press.errors import CrawlError
from press.keys import PageKey
from press.model import Article, Page
from press.paper import Era
from press.record import Json, block_json, zones_json
from replica.markup.article import Sheet, render_article
from replica.markup.index import render_index
from replica.markup.mutations import MUTATIONS
from replica.newspaper import Newspaper
from replica.records import true_page_record, true_record
from replica.truth import TrueArticle, TrueIssue, TruePage

PAPER = find_paper("cqrb")
DAYS = (date(2009, 3, 4), date(2017, 5, 9), date(2019, 8, 1), date(2026, 1, 12))
"""One in each era of addresses."""
PRINTED = ("page_name", "facsimile_url", "previous_url", "next_url")
AS_PRINTED = {"order", "page_label", "page_name"}
HEALTHY_DAYS = tuple(date(year, 1 + year % 12, 1 + year % 28) for year in range(2008, 2027))


@dataclass(frozen=True, slots=True)
class Sample:
    """A page of the replica as sent and as it truly is; `known` is what its healthy index says."""

    issue: TrueIssue
    page: TruePage
    known: Page
    index: str
    articles: tuple[str, ...]


def era_on(day: date) -> Era:
    return next(era for era in reversed(PAPER.eras) if era.since <= day)


def asked_page(markup: str | Sheet, page: TruePage) -> Page:
    found = read_page(
        answered(markup, page.url), paper=PAPER, era=era_on(page.issue_date),
        issue_date=page.issue_date, page_no=page.page_no,
    )  # fmt: skip
    assert found is not None
    return found


def asked_article(markup: str | Sheet, page: Page, article: TrueArticle) -> Article:
    entry = next(entry for entry in page.entries if entry.url == article.url)
    found = read_article(
        answered(markup, article.url), paper=PAPER, era=era_on(page.issue_date), page=page,
        entry=entry,
    )  # fmt: skip
    assert found is not None
    return found


def answered(markup: str | Sheet, url: str) -> Answer:
    sheet = Sheet(markup.encode(), "text/html") if isinstance(markup, str) else markup
    return Answer(url=url, status=200, content_type=sheet.content_type, body=sheet.body)


def page_facts(page: Page) -> dict[str, Json]:
    """The keys of true_page_record as a reading gives them, but for the paper's."""
    return {
        "issue_date": page.issue_date.isoformat(),
        "page_no": page.page_no,
        "page_label": page.page_label,
        "page_name": page.page_name,
        "url": page.url,
        "facsimile_url": page.facsimile_url,
        "pdf_url": page.pdf_url,
        "previous_url": page.previous_url,
        "next_url": page.next_url,
        "headlines": list(page.headlines),
        "entries": [
            {
                "order": e.order, "native_id": e.native_id, "url": e.url, "title": e.title,
                "listed": e.listed, "mapped": e.mapped, "zones": zones_json(e.zones),
            }
            for e in page.entries
        ],
        "pages": [
            {
                "page_no": link.page_no, "page_label": link.page_label,
                "page_name": link.page_name, "url": link.url, "pdf_url": link.pdf_url,
            }
            for link in page.page_links
        ],
    }  # fmt: skip


def article_facts(article: Article) -> dict[str, Json]:
    """The keys of true_record as a reading gives them, but for the paper's."""
    plain = (
        "page_no", "page_label", "page_name", "order", "native_id", "url", "kicker", "headline",
        "deck", "column", "byline", "dateline", "genre", "text", "author_note", "page_credits",
        "continues_to", "continued_from", "char_count",
    )  # fmt: skip
    return {
        **{key: getattr(article, key) for key in plain},
        "issue_date": article.issue_date.isoformat(),
        "contributors": [{"name": c.name, "role": c.role} for c in article.contributors],
        "blocks": [block_json(block) for block in article.blocks],
        "pictures": [
            {"order": p.order, "url": p.url, "caption": p.caption, "credit": p.credit}
            for p in article.pictures
        ],
        "zones": zones_json(article.zones),
        "residue": article.account.residue,
    }


def differing(facts: dict[str, Json], truth: dict[str, Json]) -> set[str]:
    keys = truth.keys() - {"paper", "paper_name"}
    assert keys == facts.keys()
    return {key for key in keys if facts[key] != truth[key]}


def wrong_keys(markup: str | Sheet, page: Page, article: TrueArticle) -> set[str]:
    """The keys that a reading has wrong without a word; empty where it is right or reported."""
    try:
        found = asked_article(markup, page, article)
    except CrawlError:
        return set()
    return set() if found.needs_review else differing(article_facts(found), true_record(article))


def wrong_page_keys(markup: str, sample: Sample) -> set[str]:
    """The keys that a page's reading has wrong, and nobody says so.

    What the changed page no longer prints is none; titles, order and names are as it prints them.
    The articles it announces must be the true ones, each read right with what it says of them, or
    reported: on its own page, or as one that only the list or only the map knows.
    """
    try:
        found = asked_page(markup, sample.page)
    except CrawlError:
        return set()
    facts, truth = page_facts(found), true_page_record(sample.page, sample.issue)
    wrong = {key for key in ("issue_date", "page_no", "url") if facts[key] != truth[key]}
    wrong |= {key for key in PRINTED if facts[key] not in (truth[key], None)}
    true_links = {(link.page_no, link.url) for link in sample.known.page_links}
    if not {(link.page_no, link.url) for link in found.page_links} <= true_links:
        wrong.add("pages")
    if {entry.url for entry in found.entries} != {entry.url for entry in sample.page.entries}:
        return wrong | {"entries"}
    read = [read_healthy(article, found, sample) for article in sample.page.articles]
    known = [article for article in read if article is not None]
    key = PageKey(found.paper, found.issue_date, found.page_no)
    if counts_differ(key, found.entries, known) is not None:
        return wrong
    for article in known:
        true = next(one for one in sample.page.articles if one.url == article.url)
        told = differing(article_facts(article), true_record(true))
        wrong |= set() if article.needs_review else told - AS_PRINTED
    return wrong


def read_healthy(article: TrueArticle, page: Page, sample: Sample) -> Article | None:
    """The article's own, unchanged page, read with what a changed index says; None: refused."""
    try:
        return asked_article(render_article(article, sample.page, sample.issue), page, article)
    except CrawlError:
        return None


def samples() -> Iterator[Sample]:
    for number, day in enumerate(DAYS):
        issue = Newspaper(20260101).issue(day)
        assert issue is not None
        page = issue.pages[(number * 2 + 1) % len(issue.pages)]
        index = render_index(page, issue)
        sheets = [render_article(article, page, issue) for article in page.articles]
        yield Sample(
            issue, page, asked_page(index, page), decode(index.body, index.content_type).text,
            tuple(decode(sheet.body, sheet.content_type).text for sheet in sheets),
        )  # fmt: skip


SAMPLES = tuple(samples())


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_mutated_page_is_read_right_or_reported(name: str) -> None:
    mutate = MUTATIONS[name]
    wrong: list[tuple[date, int, set[str]]] = []
    for sample in SAMPLES:
        day, index = sample.page.issue_date, mutate(sample.index)
        if index != sample.index:
            wrong.append((day, 0, wrong_page_keys(index, sample)))
        for article, markup in zip(sample.page.articles, sample.articles, strict=True):
            if (changed := mutate(markup)) != markup:
                wrong.append((day, article.order, wrong_keys(changed, sample.known, article)))
    assert [found for found in wrong if found[2]] == []


def test_there_are_hundreds_of_mutations_and_each_changes_a_page() -> None:
    pages = [page for sample in SAMPLES for page in (sample.index, *sample.articles)]
    idle = [name for name, mutate in MUTATIONS.items() if all(mutate(p) == p for p in pages)]
    assert len(MUTATIONS) >= 450
    assert idle == []


@pytest.mark.parametrize("day", HEALTHY_DAYS, ids=str)
def test_no_page_that_nobody_changed_is_reported(day: date) -> None:
    issue = Newspaper(day.year).issue(day)
    assert issue is not None
    for page in issue.pages[::2]:
        known = asked_page(render_index(page, issue), page)
        assert differing(page_facts(known), true_page_record(page, issue)) == set()
        for article in page.articles:
            found = asked_article(render_article(article, page, issue), known, article)
            assert found.account.residue is None
            assert differing(article_facts(found), true_record(article)) == set()
