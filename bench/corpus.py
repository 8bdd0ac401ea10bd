"""An invented archive of any size, to search in: articles, queries, and rows put in at once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from math import exp
from random import Random
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from press.account import Account
from press.capture import Capture, Place
from press.keys import article_id, content_hash, page_id
from press.model import Article, Block, Contributor, PageNo, Picture
from storage.catalogue.models import (
    ArticleRow,
    CaptureRow,
    IssueRow,
    PageRow,
    PaperRow,
    RevisionRow,
)
from storage.catalogue.rows import (
    capture_columns,
    page_no_text,
    page_order,
    revision_columns,
    standing_columns,
)

FIRST_DAY = date(1985, 1, 1)
READ_AT = datetime(2026, 1, 1, tzinfo=UTC)
PAPERS = {"cqrb": "重庆日报", "abcd": "试刊日报"}
A_DAY = 12
"""Articles of a paper on a day, on average."""

PHRASES = (
    "桥头放灯", "纸船渡口", "八街九巷", "山城步道", "云栖坪上", "青枫岭下", "鹿鸣沱边", "晚熟蜜柚",
    "老街更新计划试点", "社区食堂一日三餐", "河道管护所值班表", "无人驾驶小巴线路", "电动渡船投入试运行",
    "先试后推一事一议", "邻里互助", "手艺传承",
)  # fmt: skip
SPECIALS = (
    "885路", "8+1", "AI+桥梁", "ＡＩ", "“三灯”", "阿尔·贝克", "No.7", "3.5%", "A01", "㎡", "Wi-Fi",
    "《纸船记》", "(三)", "——", "New Bridge",
)  # fmt: skip
CAPTURE = Capture(
    url="http://paper.example/corpus",
    status=200,
    content_type="text/html",
    captured_at=READ_AT,
    kind="response",
    place=Place(file="baoku-00001.warc.gz", offset=0, length=1, sha256="0" * 64),
)
_BATCH = 1_000
_EMPTY = Article(
    paper="cqrb", paper_name="重庆日报", issue_date=FIRST_DAY, page_no=1, page_label="第001版",
    page_name=None, order=1, native_id=None, url=None, kicker=None, headline=None, deck=None,
    column=None, byline=None, contributors=(), dateline=None, genre="article", blocks=(),
    author_note=None, page_credits=None, pictures=(), zones=(), continues_to=None,
    continued_from=None, account=Account(),
)  # fmt: skip


class Corpus:
    """Articles in the order of days; equal seeds give equal articles."""

    def __init__(self, count: int, seed: int = 1) -> None:
        self.count = count
        self.seed = seed
        rng = Random(f"{seed} words")  # noqa: S311  drawn by lot, not secret
        characters = rng.sample([chr(code) for code in range(0x4E00, 0x9FA6)], 4_000)
        weights = list(accumulate(1 / (rank + 20) for rank in range(len(characters))))
        lengths = rng.choices((1, 2, 3, 4), (3, 14, 2, 1), k=40_000)
        self._words = [
            "".join(rng.choices(characters, cum_weights=weights, k=length)) for length in lengths
        ]
        self._words[::2_500] = (*SPECIALS, "改")
        self._weights = list(accumulate(1 / (rank + 10) for rank in range(len(self._words))))

    def __iter__(self) -> Iterator[Article]:
        for number in range(self.count):
            yield self.article(number)

    def article(self, number: int) -> Article:
        """The article of that number, from 0."""
        rng = Random(f"{self.seed} {number}")  # noqa: S311  as above
        day, place = divmod(number, A_DAY * len(PAPERS))
        paper = list(PAPERS)[place % len(PAPERS)]
        page = rng.randint(1, 8)
        page_no: PageNo = page if paper == "cqrb" else f"{'AB'[page % 2]}{page:02d}"
        name = self._text(rng, 2)
        return replace(
            _EMPTY,
            paper=paper,
            paper_name=PAPERS[paper],
            issue_date=FIRST_DAY + timedelta(days=day),
            page_no=page_no,
            page_label=f"第{page:03d}版",
            page_name=rng.choice(("要闻", "区县", "副刊", None)),
            order=place // len(PAPERS) + 1,
            native_id=str(100_000 + number),
            kicker=self._maybe(rng, 0.3, 4),
            headline=self._text(rng, 6),
            deck=self._maybe(rng, 0.3, 8),
            column=rng.choice(("桥头随笔", "论丛", None, None)),
            byline=f"本报记者　{name}",
            contributors=(Contributor(name=name, role="reporter"),),
            genre=rng.choice(("article", "article", "article", "photo", "notice")),
            blocks=tuple(self._blocks(rng)),
            pictures=self._pictures(rng),
        )

    def phrase(self, number: int, length: int) -> str:
        """A stretch of an article's body: a query that finds at least that article."""
        rng = Random(f"{self.seed} {number} query")  # noqa: S311  as above
        text = self.article(number).blocks[0].text
        start = rng.randrange(max(1, len(text) - length))
        return text[start : start + length]

    def _blocks(self, rng: Random) -> Iterator[Block]:
        words = int(min(5_000, max(20, 600 * exp(rng.gauss(-0.18, 0.6)))))
        for start in range(0, words, 120):
            yield Block(type="paragraph", text=self._text(rng, min(120, words - start), "。"))

    def _text(self, rng: Random, count: int, end: str = "") -> str:
        """So many words, with commas between some, and now and then a set phrase."""
        words = rng.choices(self._words, cum_weights=self._weights, k=count)
        for place in range(8, count, 9):
            words[place] = rng.choice("，，，、：；") if rng.random() < 0.9 else rng.choice(PHRASES)
        return "".join(words) + end

    def _maybe(self, rng: Random, chance: float, count: int) -> str | None:
        return self._text(rng, count) if rng.random() < chance else None

    def _pictures(self, rng: Random) -> tuple[Picture, ...]:
        if rng.random() > 0.2:
            return ()
        return (Picture(order=1, url=None, caption=self._text(rng, 8), credit="罗一叶 摄"),)


def save(corpus: Corpus, session: Session) -> None:
    """Puts the corpus into an empty catalogue as rows; the search index does not learn of them."""
    columns = capture_columns(CAPTURE) | {"id": 1}
    session.execute(insert(CaptureRow), [columns])
    session.execute(insert(PaperRow), [{"slug": s, "name": name} for s, name in PAPERS.items()])
    seen: set[Any] = set()
    batch: dict[Any, list[dict[str, Any]]] = {
        IssueRow: [], PageRow: [], ArticleRow: [], RevisionRow: [],
    }  # fmt: skip
    for number, article in enumerate(corpus, 1):
        _add(article, batch, seen)
        if number % _BATCH == 0 or number == corpus.count:
            for table, rows in batch.items():
                if rows:
                    session.execute(insert(table), rows)
                rows.clear()


def _add(article: Article, batch: dict[Any, list[dict[str, Any]]], seen: set[Any]) -> None:
    day = (article.paper, article.issue_date)
    page = page_id(*day, article.page_no)
    if day not in seen:
        batch[IssueRow].append({"paper": day[0], "issue_date": day[1]})
    if page not in seen:
        number = {
            "page_no": page_no_text(article.page_no),
            "page_order": page_order(article.page_no),
        }
        label = {"page_label": article.page_label, "page_name": article.page_name}
        named = {"id": page, "paper": day[0], "issue_date": day[1], "page_links": []}
        batch[PageRow].append(named | number | label)
    seen |= {day, page}
    key = article_id(*day, article.page_no, article.native_id, article.headline)
    standing = {"id": key, "page_id": page, "status": "ok", "revision": 1, "first_seen_at": READ_AT}
    batch[ArticleRow].append(standing | standing_columns(article))
    read = {"parser": "corpus", "read_at": READ_AT, "capture_id": 1, "number": 1}
    read |= {"article_id": key, "content_hash": content_hash(article)}
    batch[RevisionRow].append(read | revision_columns(article))
