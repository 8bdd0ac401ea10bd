"""Whole pages of the replica with a line that the template writes into every article."""

from collections.abc import Iterator
from datetime import date

import pytest

from crawler.parse.decoding import decode
from crawler.reading import doubt_together
from press.errors import CrawlError
from press.model import Article
from replica.markup.article import render_article
from replica.markup.index import render_index
from replica.markup.mutations import TEMPLATES, Mutation
from replica.newspaper import Newspaper
from replica.records import true_record
from replica.truth import TrueArticle, TrueIssue, TruePage
from tests.crawler.test_mutated_layouts import (
    DAYS,
    HEALTHY_DAYS,
    SAMPLES,
    Sample,
    article_facts,
    asked_article,
    asked_page,
    differing,
)

SEEDS = (1, 20261125)
Read = list[tuple[TrueArticle, Article]]


def as_sent(text: str) -> str:
    return text


def read_together(sample: Sample, mutate: Mutation) -> tuple[Read, int]:
    """The articles of a page, held against each other, and how many were refused."""
    read: Read = []
    for true, markup in zip(sample.page.articles, sample.articles, strict=True):
        try:
            read.append((true, asked_article(mutate(markup), sample.known, true)))
        except CrawlError:
            continue
    judged = doubt_together([article for _, article in read])
    pairs = [(true, article) for (true, _), article in zip(read, judged, strict=True)]
    return pairs, len(sample.articles) - len(read)


def with_evidence() -> Iterator[Sample]:
    """Pages on which three stories and more have paragraphs."""
    for sample in SAMPLES:
        stories = [one for one in sample.page.articles if len(true_text(one)) > 60]
        if len(stories) >= 3:
            yield sample


def true_text(article: TrueArticle) -> str:
    return str(true_record(article)["text"])


def pages_of(issue: TrueIssue) -> Iterator[tuple[TruePage, list[Article]]]:
    for page in issue.pages:
        known = asked_page(render_index(page, issue), page)
        yield page, [asked_article(render_article(a, page, issue), known, a) for a in page.articles]


def test_the_samples_hold_pages_with_evidence() -> None:
    assert len(list(with_evidence())) >= 3
    assert len(SAMPLES) == len(DAYS)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_page_whose_template_wrote_into_its_articles_is_never_archived_as_it_came(
    name: str,
) -> None:
    for sample in with_evidence():
        read, refused = read_together(sample, TEMPLATES[name])
        changed = [true for true, one in read if differing(article_facts(one), true_record(true))]
        told = [true for true, one in read if one.needs_review]
        assert len(changed) >= 3, "the mutation changes no page"
        assert refused or len(told) * 3 >= len(changed) * 2


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("day", HEALTHY_DAYS[::3], ids=str)
def test_no_page_that_nobody_changed_is_doubted(day: date, seed: int) -> None:
    issue = Newspaper(seed).issue(day)
    assert issue is not None
    for page, read in pages_of(issue):
        for true, article in zip(page.articles, doubt_together(read), strict=True):
            assert article.account.residue is None
            assert differing(article_facts(article), true_record(true)) == set()


def test_a_page_whose_articles_all_have_the_first_ones_body_is_told() -> None:
    for sample in with_evidence():
        bodies = [
            page.partition("<div id=ozoom")[2].partition("</td></tr></table>")[0]
            for page in sample.articles
        ]
        longest = max(bodies, key=len)
        changed = dict(zip(sample.articles, bodies, strict=True))
        read, refused = read_together(
            sample, lambda page, c=changed, b=longest: page.replace(c[page], b) if c[page] else page
        )
        told = sum(article.needs_review for _, article in read)
        assert refused + told >= len(sample.articles) - 2


def test_texts_that_are_decoded_and_sent_again_are_the_same() -> None:
    sample = SAMPLES[0]
    read, refused = read_together(sample, as_sent)
    assert refused == 0
    assert [article.account.residue for _, article in read] == [None] * len(read)
    assert decode(sample.articles[0].encode(), None).text == sample.articles[0]
