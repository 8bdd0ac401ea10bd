"""What an export held, counted while it was written."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from press.model import PageNo
from press.record import ArticleRecord


@dataclass(slots=True, kw_only=True)
class Census:
    """Counts of articles. It grows with papers, years and parsers, not with the articles."""

    names: dict[str, str] = field(default_factory=dict)
    """The papers by slug."""

    years: Counter[tuple[str, int]] = field(default_factory=Counter)
    """By slug and year of the issue date."""

    genres: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    parsers: Counter[str] = field(default_factory=Counter)
    char_count: int = 0
    pages: int = 0
    first: date | None = None
    last: date | None = None

    @property
    def articles(self) -> int:
        """All of them."""
        return self.statuses.total()

    def counting(self, records: Iterable[ArticleRecord]) -> Iterator[ArticleRecord]:
        """The same records; each is counted as it is drawn. They come page by page."""
        last_page: tuple[str, date, PageNo] | None = None
        for record in records:
            article = record.article
            page = (article.paper, article.issue_date, article.page_no)
            self.pages += page != last_page
            last_page = page
            self._count(record)
            yield record

    def _count(self, record: ArticleRecord) -> None:
        article, day = record.article, record.article.issue_date
        self.names[article.paper] = article.paper_name
        self.years[article.paper, day.year] += 1
        self.genres[article.genre] += 1
        self.statuses[record.status] += 1
        self.parsers[record.parser] += 1
        self.char_count += article.char_count
        self.first = day if self.first is None else min(day, self.first)
        self.last = day if self.last is None else max(day, self.last)
