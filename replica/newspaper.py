"""The invented newspaper: a seed and a date give an issue."""

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from random import Random
from typing import Final

from press.model import Zone
from replica import addresses, words
from replica.chance import generator
from replica.prose import Prose
from replica.punctuation import narrowed
from replica.stories.essays import essay
from replica.stories.kinds import KINDS
from replica.truth import TrueArticle, TrueIssue, TruePage

PLATE_WIDTH_PX: Final = 350
PLATE_HEIGHT_PX: Final = 500
"""The facsimile as displayed; zones are in its pixels."""

_JUMPS: Final = ((1, 3), (1, 7), (7, 8), (2, 4))
_IDS_PER_DAY: Final = 80


@dataclass(frozen=True, slots=True)
class Newspaper:
    """All issues of one invented paper; equal seeds give equal papers in every process."""

    seed: int

    def issue(self, issue_date: date) -> TrueIssue | None:
        """The issue of that date; None before the first one. A healthy paper appears daily."""
        return _issue(self.seed, issue_date) if addresses.era_of(issue_date) else None

    def extra_page(self, issue_date: date) -> TruePage:
        """A ninth page for an issue of eight. Raises ValueError in era 1, which has no ninth slot."""
        if addresses.era_on(issue_date).number == 1:
            raise ValueError(f"the site has no slot for a ninth page on {issue_date}")
        rng = generator(self.seed, "extra", issue_date)
        stories = _stories(Prose(rng), issue_date)
        return _page(rng, issue_date, addresses.PAGE_COUNT + 1, stories, _IDS_PER_DAY - 16)

    def specimen(self, kind: str, issue_date: date, page_no: int = 7) -> TruePage:
        """A page that holds one article of that kind (a key of KINDS) and nothing else.

        Raises KeyError for an unknown kind, ValueError before the first issue.
        """
        rng = generator(self.seed, kind, issue_date)
        story = KINDS[kind][0](Prose(rng), issue_date)
        return _page(rng, issue_date, page_no, [story], 0)


@lru_cache(maxsize=64)
def _issue(seed: int, issue_date: date) -> TrueIssue:
    rng = generator(seed, issue_date)
    prose = Prose(rng)
    drafts = [_stories(prose, issue_date) for _ in range(addresses.PAGE_COUNT)]
    if rng.random() < 0.5:
        start, end = rng.choice(_JUMPS)
        first, second = _jump(essay(prose, issue_date), start, end)
        drafts[start - 1].insert(0, first)
        drafts[end - 1].append(second)
    pages, used = [], 0
    for page_no, stories in enumerate(drafts, start=1):
        pages.append(_page(rng, issue_date, page_no, stories, used))
        used += len(stories)
    return TrueIssue(issue_date=issue_date, pages=tuple(pages))


def _stories(prose: Prose, issue_date: date) -> list[TrueArticle]:
    rng = prose.rng
    weights = [weight for _, weight in KINDS.values()]
    kinds = rng.choices(list(KINDS), weights, k=rng.randint(4, 7))
    return [KINDS[kind][0](prose, issue_date) for kind in kinds]


def _jump(whole: TrueArticle, start: int, end: int) -> tuple[TrueArticle, TrueArticle]:
    """One story laid out on two pages: the first half points on, the second points back."""
    half = len(whole.blocks) // 2
    first = replace(
        whole,
        kind="jump",
        blocks=whole.blocks[:half],
        author_note=None,
        continues_to=end,
        jump_line=f"（下转第{end}版）",
    )
    second = TrueArticle(
        kind="resumed",
        headline=whole.headline,
        blocks=whole.blocks[half:],
        author_note=whole.author_note,
        continued_from=start,
        resume_line=f"（上接第{start}版）",
    )
    return first, second


def _page(
    rng: Random, issue_date: date, page_no: int, stories: list[TrueArticle], used: int
) -> TruePage:
    era = addresses.era_on(issue_date)
    label = f"第{page_no:02d}版" if era.number == 1 else f"第{page_no:03d}版"
    name = rng.choice(words.PAGE_NAMES[(page_no - 1) % addresses.PAGE_COUNT])
    stories = sorted(stories, key=lambda story: not story.listed)
    zones = _zones(rng, [story.mapped for story in stories])
    days = (issue_date - era.since).days
    articles = [
        replace(
            narrowed(story) if rng.random() < 0.25 else story,
            issue_date=issue_date,
            page_no=page_no,
            page_label=label,
            page_name=name,
            order=order,
            native_id=str(200_000 + 500_000 // era.number + days * _IDS_PER_DAY + used + order),
            zones=zones[order - 1],
        )
        for order, story in enumerate(stories, start=1)
    ]
    return TruePage(
        issue_date=issue_date,
        page_no=page_no,
        page_label=label,
        page_name=name,
        articles=tuple(_with_picture_urls(article) for article in articles),
    )


def _with_picture_urls(article: TrueArticle) -> TrueArticle:
    day, native_id = article.issue_date, article.native_id
    return replace(
        article,
        pictures=tuple(
            replace(
                picture,
                url=addresses.absolute(day, addresses.picture_path(day, native_id, picture.order)),
            )
            for picture in article.pictures
        ),
    )


def _zones(rng: Random, mapped: list[bool]) -> list[tuple[Zone, ...]]:
    """The plate cut into bands, one a mapped story: a rectangle, an L, or two rectangles."""
    height = (PLATE_HEIGHT_PX - 10) // max(1, sum(mapped))
    top, right = 5, PLATE_WIDTH_PX - 5
    zones: list[tuple[Zone, ...]] = []
    for shown in mapped:
        if not shown:
            zones.append(())
            continue
        low, middle = top + height - 3, rng.randint(100, 250)
        shape = rng.randrange(3)
        half = (top + low) // 2
        if shape == 0:
            zones.append((_box(5, top, right, low),))
        elif shape == 1:
            shoulder: Zone = ((right, top), (right, half), (middle, half), (middle, low))
            zones.append((((5, top), *shoulder, (5, low)),))
        else:
            zones.append((_box(5, top, middle, low), _box(middle + 3, top, right, half)))
        top += height
    return zones


def _box(left: int, top: int, right: int, low: int) -> Zone:
    return ((left, top), (right, top), (right, low), (left, low))
