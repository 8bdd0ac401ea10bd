"""`baoku verify`: does this archive keep promises 1 to 5?"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import SystemRandom
from tempfile import gettempdir

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from cli.clock import SystemClock
from cli.options import archive_options, json_option
from cli.terminal import printed, screen, side_screen
from cli.wiring import archive_to_read, settings_here
from crawler.papers import known_papers
from pipeline.audit import Audit, Breach, Look, Rounds, Thoroughness
from press.errors import UsageError
from press.record import json_line
from storage.raw.fixity import Inspection


@click.command()
@click.option("--quick", is_flag=True, help="Read the catalogue only, no file of the shelf.")
@click.option(
    "--sample", type=click.IntRange(min=1), metavar="N", help="Read only N articles again."
)
@json_option
@archive_options
def verify(*, quick: bool, sample: int | None, as_json: bool) -> int:
    """Audit promises 1 to 5 and name each breach; nothing is changed.

    It may run while others read or fill the archive: what it audits is the moment of its start.
    """
    if quick and sample is not None:
        raise UsageError("--quick reads no article again: leave out --quick or --sample")
    settings = settings_here()
    papers = known_papers(settings.papers)
    with (
        archive_to_read(settings) as archive,
        archive.catalogue.standing_still(Path(gettempdir())) as fixity,
        _progress_bar(hidden=as_json) as watch,
    ):
        rounds = Rounds(
            fixity=fixity,
            shelf=Inspection(archive.home.raw, archive.vault),
            papers=papers,
            now=SystemClock().now(),
            thoroughness=Thoroughness(quick=quick, sample=sample, pick=SystemRandom()),
            watch=watch,
        )
        for breach in rounds.breaches():
            _tell(breach, as_json=as_json)
    if as_json:
        click.echo(json_line(rounds.audit.as_json()))
    else:
        screen().print(printed("\n".join(sentences_of(rounds.audit))), soft_wrap=True)
    return rounds.audit.exit_code


def sentences_of(audit: Audit) -> list[str]:
    """The audit's end for people: what was looked at, then what came of it."""
    told = [
        f"{audit.articles} articles on {audit.pages} pages, {audit.captures} captures in "
        f"{audit.files} files; {audit.reread} articles were read again from their captures."
    ]
    if audit.reparsed:
        told.append(f"{audit.reparsed} of them today's parser reads otherwise: run baoku replay.")
    if audit.unknown:
        told.append(
            f"{audit.unknown} answers are newer than the catalogue: the next run adopts them."
        )
    if audit.quarantined:
        told.append(
            f"{audit.quarantined} torn tails lie in quarantine: they were never acknowledged."
        )
    if audit.others:
        told.append(f"{audit.others} files beside the shelf's own are not looked at.")
    if audit.damage:
        told.append(f"{audit.damage} breaches are damage: see above, and restore a backup.")
    if audit.gaps:
        told.append(f"{audit.gaps} gaps are still to be filled: see above.")
    if not (audit.damage or audit.gaps):
        told.append("No breach.")
    return told


def _tell(breach: Breach, *, as_json: bool) -> None:
    if as_json:
        click.echo(json_line(breach.as_json()))
        return
    style = "red" if breach.kind == "damage" else "yellow"
    line = f"promise {breach.promise}, {breach.kind}: {breach.subject}: {breach.sentence}"
    screen().print(printed(line, style), soft_wrap=True)


@contextmanager
def _progress_bar(*, hidden: bool) -> Iterator[Callable[[Look], None]]:
    """A bar for what is being looked at, on a terminal only."""
    console = side_screen()
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    with Progress(
        *columns,
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=hidden or not console.is_terminal,
        redirect_stdout=sys.stdout.isatty(),  # else breaches would go where the bar goes
    ) as progress:
        task = progress.add_task("catalogue", total=None)

        def watch(look: Look) -> None:
            progress.update(task, description=look.what, completed=look.done, total=look.total)

        yield watch
