"""What a tool found, measured against the truth. Pure."""

import re
from collections import Counter
from dataclasses import dataclass
from statistics import fmean, median, quantiles
from typing import Any

from press.record import Json
from replica.truth import TrueArticle, TruePage

WHOLE = 0.99
"""The F1 from which a body counts as whole."""

_TOOLBAR = re.compile(r"(?:上一篇|下一篇|上一版|下一版|放大|缩小|默认|[34|])+")
_AROUND = ("报业集团主办", "版权所有未经书面许可不得转载", "地址：云栖坪大道", "技术支持：双桂湖")
_SHORT_TITLE = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class PageScore:
    """One page. `f1` is None where the article prints no body; `differing` are record keys."""

    exact: bool
    within: bool
    f1: float | None
    spurious: bool
    chrome: bool
    titles: bool
    captions: bool
    error: str | None
    differing: tuple[str, ...] | None

    @property
    def leaks(self) -> bool:
        """True when something that is not the article's body stands in the body."""
        return self.chrome or self.titles or self.captions


def score_page(
    answer: dict[str, Any], truth: dict[str, Json], article: TrueArticle, page: TruePage
) -> PageScore:
    """The score of one page. White space never counts.

    A body may hold what is printed in the body's place but is a field of its own (jump lines,
    author note, colophon) or leave it out: the better of the two counts.
    """
    body, headline = answer.get("body") or "", squeeze(answer.get("headline") or "")
    full = squeeze("".join(filter(None, (
        article.resume_line, article.text, article.jump_line, article.author_note,
        article.page_credits,
    ))))  # fmt: skip
    strict, found, title = squeeze(article.text), squeeze(body), squeeze(article.headline)
    return PageScore(
        exact=headline == title,
        within=title in headline,
        f1=max(f1(found, strict), f1(found, full)) if full else None,
        spurious=not full and bool(found),
        chrome=_has_chrome(body, full),
        titles=_has_other_titles(body, full + title, article, page),
        captions=any(
            len(caption) > _SHORT_TITLE and caption in found and caption not in full
            for caption in (squeeze(picture.caption or "") for picture in article.pictures)
        ),
        error=answer["error"],
        differing=_differing(answer["record"], truth) if "record" in answer else None,
    )


def summary(report: dict[str, Any], scores: list[PageScore]) -> dict[str, Any]:
    """One tool's figures: milliseconds, and percentages of the pages."""
    times = [answer["ms"] for answer in report["answers"]]
    told = [score.f1 for score in scores if score.f1 is not None]
    silent = [score.spurious for score in scores if score.f1 is None]
    figures: dict[str, Any] = {
        "version": report["version"],
        "pages": len(scores),
        "ms_median": round(median(times), 3),
        "ms_mean": round(fmean(times), 3),
        "ms_p95": round(quantiles(times, n=20)[-1], 3),
        "cpu_ms_mean": round(report["cpu_ms"], 3),
        "headline_exact": _percent([score.exact for score in scores]),
        "headline_within": _percent([score.within for score in scores]),
        "body_f1": round(100 * fmean(told), 2),
        "body_whole": _percent([f1_ >= WHOLE for f1_ in told]),
        "body_spurious": _percent(silent),
        "leak": _percent([score.leaks for score in scores]),
        "leak_chrome": _percent([score.chrome for score in scores]),
        "leak_titles": _percent([score.titles for score in scores]),
        "leak_captions": _percent([score.captions for score in scores]),
        "errors": sum(score.error is not None for score in scores),
    }
    if any(score.differing is not None for score in scores):
        figures["record_exact"] = _percent([score.differing == () for score in scores])
    return figures


def squeeze(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())


def f1(found: str, true: str) -> float:
    """The harmonic mean of precision and recall of the characters, counted without their order."""
    if not found or not true:
        return float(found == true)
    shared = (Counter(found) & Counter(true)).total()
    return 2 * shared / (len(found) + len(true))


def _has_chrome(body: str, full: str) -> bool:
    lines = [squeeze(line) for line in body.splitlines()]
    found = squeeze(body)
    return any(_TOOLBAR.fullmatch(line) and not line.isdigit() for line in lines) or any(
        words in found and words not in full for words in _AROUND
    )


def _has_other_titles(body: str, own: str, article: TrueArticle, page: TruePage) -> bool:
    """Short titles ("广告") count as whole lines only: they are words of the language."""
    found, lines = squeeze(body), {squeeze(line) for line in body.splitlines()}
    titles = {squeeze(other.title) for other in page.articles if other is not article}
    return any(
        title not in own and (title in found if len(title) > _SHORT_TITLE else title in lines)
        for title in titles
    )


def _differing(record: dict[str, Json], truth: dict[str, Json]) -> tuple[str, ...]:
    return tuple(key for key, value in truth.items() if record[key] != value)


def _percent(facts: list[bool]) -> float:
    return round(100 * fmean(facts), 1) if facts else 0.0
