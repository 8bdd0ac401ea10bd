"""Progress bars, on a terminal only."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from cli.terminal import side_screen
from pipeline.report import PageResult
from pipeline.visit import Step


@contextmanager
def article_bar(*, hidden: bool) -> Iterator[Callable[[Step], None]]:
    """A bar over the articles of the page in hand."""
    with _progress(TimeRemainingColumn(), hidden=hidden) as progress:
        task = progress.add_task("front page", total=None)

        def watch(step: Step) -> None:
            text = f"{step.key.issue_date} page {step.key.page_no}"
            progress.update(task, description=text, completed=step.done, total=step.total)

        yield watch


class PageBar:
    """A bar over the pages of a backfill: done, failed, left, and the time that is left.

    Until three pages are done the time is what `page_s` seconds a page come to, then what the
    pages so far took.
    """

    def __init__(self, progress: Progress, total: int, page_s: float) -> None:
        self._progress = progress
        self._task = progress.add_task("", total=total, failed=0, page_s=page_s)
        self._failed = 0

    def add(self, result: PageResult, *, is_failure: bool) -> None:
        """One page more."""
        self._failed += is_failure
        text = f"{result.key.issue_date} page {result.key.page_no}"
        self._progress.update(self._task, description=text, failed=self._failed)
        self._progress.advance(self._task)


@contextmanager
def page_bar(total: int, page_s: float, *, hidden: bool) -> Iterator[PageBar]:
    """A bar over `total` pages."""
    with _progress(_Failed(), _TimeLeft(), hidden=hidden) as progress:
        yield PageBar(progress, total, page_s)


def span(seconds: float) -> str:
    """A length of time as people say it: "40 s", "12 min", "3 h 20 min", "2 d 4 h"."""
    minutes = round(seconds / 60)
    if seconds < 100:
        return f"{seconds:.0f} s"
    if minutes < 100:
        return f"{minutes} min"
    if minutes < 48 * 60:
        return f"{minutes // 60} h {minutes % 60} min"
    return f"{minutes // 1440} d {minutes % 1440 // 60} h"


def _progress(*columns: ProgressColumn, hidden: bool) -> Progress:
    console = side_screen()
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        *columns,
        console=console,
        transient=True,
        disable=hidden or not console.is_terminal,
        redirect_stdout=False,  # results go where they were sent, also when only stderr is a screen
        redirect_stderr=False,
    )


class _Failed(ProgressColumn):
    def render(self, task: Task) -> Text:
        failed = task.fields["failed"]
        return Text(f"{failed} failed", style="red" if failed else "dim")


class _TimeLeft(ProgressColumn):
    def render(self, task: Task) -> Text:
        done, left = task.completed, (task.total or 0) - task.completed
        has_pace = done >= 3 and task.elapsed is not None
        page_s = (task.elapsed or 0) / done if has_pace else task.fields["page_s"]
        return Text(f"{left:.0f} left, {span(left * page_s)}")
