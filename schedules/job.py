"""A job: what a worker is asked to look at, by names alone. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, cast, get_args
from urllib.parse import urlsplit

from crawler.papers.addresses import Mirror, front_url
from pipeline.plan import ArchiveIssue, ArchivePage, EveryPage, issue_date_of
from press.errors import UsageError
from press.keys import PageKey, page_no_of
from press.model import PageNo
from press.paper import Paper

Kind = Literal["archive", "reread"]
"""Ask the site for what is due of a page or an issue; or read kept answers with today's parser."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A look at a page, or at all, of the issues from `since` to `until`, both included.

    Of one `lock` (a host, or a job that shares nothing) one job is done at a time. The plan is
    asked again when it is done: one that was done already, or twice, changes nothing.
    """

    kind: Kind
    paper: str
    since: date
    until: date
    page_no: PageNo | EveryPage
    reason: str
    lock: str

    @property
    def name(self) -> str:
        """By which the queue knows that the same job waits already."""
        return f"{self.kind}/{self.paper}/{self.since}..{self.until}/{self.page_no}"

    @property
    def words(self) -> dict[str, str]:
        """What is kept in the queue beside kind and lock."""
        return {
            "paper": self.paper,
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
            "page_no": str(self.page_no),
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A job in a worker's hands; `id` is the queue's."""

    id: int
    job: Job


def job_for(intent: ArchivePage | ArchiveIssue, paper: Paper, mirror: Mirror) -> Job:
    """The job that carries out an intent at the paper's own site, or its mirror."""
    day = issue_date_of(intent)
    return Job(
        kind="archive",
        paper=paper.slug,
        since=day,
        until=day,
        page_no="all" if isinstance(intent, ArchiveIssue) else intent.key.page_no,
        reason=intent.reason,
        lock=host_of(paper, day, mirror),
    )


def rereading_of(keys: Sequence[PageKey], page_no: PageNo | None) -> Job:
    """The job that reads some issues of one paper anew; it shares its lock with no other."""
    since, until = keys[0].issue_date, keys[-1].issue_date
    pages: PageNo | EveryPage = "all" if page_no is None else page_no
    return Job(
        kind="reread",
        paper=keys[0].paper,
        since=since,
        until=until,
        page_no=pages,
        reason="it is read with today's parser",
        lock=f"reread/{keys[0].paper}/{since}..{until}/{pages}",
    )


def host_of(paper: Paper, day: date, mirror: Mirror) -> str:
    """The host ("scheme://host:port") that is asked first for the issue of that day."""
    eras = paper.eras_on(day)
    own = front_url(eras[0], day) if eras else paper.home_url
    parts = urlsplit(mirror.outward(own))
    return f"{parts.scheme}://{parts.netloc}".lower()


def job_of(kind: str, lock: str | None, words: Mapping[str, object]) -> Job:
    """The job that the queue keeps so. Raises UsageError for one of another program."""
    try:
        said = {name: str(words[name]) for name in ("paper", "since", "until", "page_no", "reason")}
        if kind not in get_args(Kind) or lock is None:
            raise ValueError(kind)
        return Job(
            kind=cast("Kind", kind),
            paper=said["paper"],
            since=date.fromisoformat(said["since"]),
            until=date.fromisoformat(said["until"]),
            page_no="all" if said["page_no"] == "all" else page_no_of(said["page_no"]),
            reason=said["reason"],
            lock=lock,
        )
    except (KeyError, ValueError) as error:
        raise UsageError(
            f'the queue holds a job "{kind}" that this version cannot read: run the same version '
            "of Baoku everywhere"
        ) from error
