"""The pages that every tool reads: article pages of the replica, with their truth."""

import base64
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle
from random import Random

from press.record import Json
from replica.addresses import ERAS
from replica.markup.layout import CHOICES, article_layout
from replica.newspaper import Newspaper
from replica.records import true_record
from replica.scenario import Scenario
from replica.site import Site
from replica.truth import TrueArticle, TruePage

LAST_DAY = date(2026, 1, 12)
PAGE_COUNT = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """An article's page as sent, as text, its page index, and the truth about it.

    `encoding` is the one in which the page was really written, whatever the page says of it.
    """

    article: TrueArticle
    page: TruePage
    sheet: dict[str, str]
    index: dict[str, str]
    encoding: str

    @property
    def question(self) -> dict[str, Json]:
        """What a reader is given; nothing of the truth is in it but addresses and encoding."""
        text = base64.b64decode(self.sheet["body"]).decode(self.encoding)
        return {**self.sheet, "html": text, "index": dict(self.index)}

    @property
    def truth(self) -> dict[str, Json]:
        """The article's record."""
        return true_record(self.article)


def draw(count: int, seed: int) -> list[Sample]:
    """That many article pages, the four eras in turn.

    Whole printed pages are taken, each of a date of its own; equal seeds give equal samples.
    """
    rng = Random(seed)  # noqa: S311 - a sample, no secret
    site = Site(Newspaper(seed), Scenario(name="plain", latest=LAST_DAY))
    ends = [era.since for era in ERAS[1:]] + [LAST_DAY]
    samples: list[Sample] = []
    for era, end in cycle(list(zip(ERAS, ends, strict=True))):
        if len(samples) >= count:
            return samples[:count]
        day = era.since + timedelta(days=rng.randrange((end - era.since).days))
        issue = site.issue(day)
        page = issue.page(rng.randint(1, PAGE_COUNT)) if issue else None
        if page is None:
            continue
        index = _sheet(site, page.path, page.url)
        samples += [
            Sample(
                article=article,
                page=page,
                sheet=_sheet(site, article.path, article.url),
                index=index,
                encoding=_encoding(article),
            )
            for article in page.articles
        ]
    raise AssertionError("the eras never end")


def coverage(samples: list[Sample]) -> str:
    """How much of what the replica can do is in the sample, in a line."""
    layouts = [article_layout(sample.article) for sample in samples]
    seen = {(name, getattr(layout, name)) for layout in layouts for name in CHOICES}
    eras = {sample.article.url.split(str(sample.article.issue_date.year))[0] for sample in samples}
    kinds = {sample.article.kind for sample in samples}
    size = sum(len(sample.sheet["body"]) * 3 // 4 for sample in samples) / len(samples)
    return (
        f"{len(samples)} article pages, {size / 1024:.1f} KiB each on average; "
        f"eras {len(eras)} of {len(ERAS)}, layout choices {len(seen)} of "
        f"{sum(map(len, CHOICES.values()))}, kinds of story {len(kinds)}"
    )


def _sheet(site: Site, path: str, url: str) -> dict[str, str]:
    answer = site.answer(path, {})
    return {
        "url": url,
        "content_type": dict(answer.headers)["Content-Type"],
        "body": base64.b64encode(answer.body).decode("ascii"),
    }


def _encoding(article: TrueArticle) -> str:
    return "gb18030" if article_layout(article).encoding.startswith("gb") else "utf-8"
