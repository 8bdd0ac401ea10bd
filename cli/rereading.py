"""Reading the shelf anew, here or on all cores: the same pages in the same order, read alike."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace

from cli.clock import SystemClock
from cli.cores import spread
from cli.settings import Settings
from cli.wiring import Archive, archive_to_read
from crawler.papers import find_paper, known_papers
from pipeline.replay import PageRereading, Replay, batches_of
from press.keys import PageKey
from press.paper import Paper
from storage.catalogue import Catalogue, Selection


class Rereader:
    """Reads pages of any paper from an open archive; with `brief`, nothing that accepting needs."""

    def __init__(self, archive: Archive, settings: Settings, *, is_brief: bool) -> None:
        self._archive = archive
        self._settings = settings
        self._is_brief = is_brief
        self._replays: dict[str, Replay] = {}
        with archive.catalogue.reading() as reader:
            self._origins = tuple(reader.origins())

    def replay(self, slug: str) -> Replay:
        """The paper's replay."""
        if slug not in self._replays:
            self._replays[slug] = Replay(
                paper=find_paper(slug, self._settings.papers),
                catalogue=self._archive.catalogue,
                shelf=self._archive.shelf,
                origins=self._origins,
                clock=SystemClock(),
            )
        return self._replays[slug]

    def read(self, keys: Sequence[PageKey]) -> list[PageRereading]:
        """Each of the pages."""
        pages = [self.replay(key.paper).read(key) for key in keys]
        return [replace(page, visit=None) for page in pages] if self._is_brief else pages


def keys_of(catalogue: Catalogue, papers: Iterable[Paper], chosen: Selection) -> list[PageKey]:
    """The pages that a selection chooses, of the papers that are known, paper by paper."""
    keys: list[PageKey] = []
    for paper in papers:
        if chosen.paper in {None, paper.slug}:
            with catalogue.reading() as reader:
                keys += reader.page_keys(replace(chosen, paper=paper.slug))
    return keys


def reread(
    archive: Archive, settings: Settings, chosen: Selection, *, jobs: int, is_brief: bool
) -> Iterator[PageRereading]:
    """Each page that the selection chooses, read anew by so many processes, in order."""
    keys = keys_of(archive.catalogue, known_papers(settings.papers).values(), chosen)
    batches = list(batches_of(keys))
    if min(jobs, len(batches)) <= 1:
        reader = Rereader(archive, settings, is_brief=is_brief)
        for key in keys:
            yield from reader.read([key])
        return
    given = (Settings.model_construct(**dict(settings)), is_brief)
    for pages in spread(
        _read_here, batches, jobs=min(jobs, len(batches)), begin=_open_here, given=given
    ):
        yield from pages


def count(page: PageRereading, totals: Counter[str]) -> None:
    """One page more."""
    totals["pages"] += 1
    totals["articles"] += page.articles
    totals["changed"] += len(page.changes)
    totals["damaged"] += page.damage is not None


_here = ExitStack()
_readers: list[Rereader] = []
"""What a process that reads for another has open: begun once, used for each batch."""


def _open_here(settings: Settings, is_brief: bool) -> None:
    archive = _here.enter_context(archive_to_read(settings))
    _readers.append(Rereader(archive, settings, is_brief=is_brief))


def _read_here(keys: Sequence[PageKey]) -> list[PageRereading]:
    return _readers[0].read(keys)
