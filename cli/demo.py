"""`baoku demo`: the main job against a stand-in site on this machine."""

import shlex
import shutil
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import click

from cli.clock import SystemClock
from cli.harvesting import harvest_of
from cli.logs import start_logging
from cli.options import IssueDate, archive_options, doorplate
from cli.progress import article_bar
from cli.results import result_table, told
from cli.settings import Settings
from cli.show import lines_of, print_lines
from cli.terminal import printed, screen
from cli.wiring import Archive, archive_to_fill
from crawler.papers import find_paper
from pipeline.harvest import held_pages
from pipeline.plan import asked_for, plan_crawl
from pipeline.report import PageResult
from press.errors import HomeUnusable, UsageError
from press.keys import PageKey, page_id
from press.paper import Paper
from press.record import ArticleRecord
from replica.newspaper import Newspaper
from replica.scenarios import SCENARIOS
from replica.server import ReplicaServer
from replica.site import Site
from storage.catalogue import Selection

ISSUES = 7
LAST_ISSUE = date(2026, 1, 12)
SEED = 7
NOTE = "demo.txt"
"""In the folder of a demo; without it a folder that is not empty is left alone."""


@click.command()
@click.option(
    "--until", type=IssueDate(), default=LAST_ISSUE, metavar="D", help="The last of seven issues."
)
@archive_options
def demo(*, until: date) -> int:
    """The main job against a stand-in site on this machine, with invented text.

    Archives page 7 of seven issues into ./demo-home (or --home), then shows an article.
    """
    start_logging(for_machines=False)
    folder = (doorplate().home or Path("demo-home")).absolute()
    _claim(folder)
    settings = Settings.model_construct(home=folder, interval_s=0)  # nobody's own are looked at
    paper = find_paper("cqrb", None)
    console = screen()
    console.print(f"A stand-in for {paper.name} starts on this machine; its text is invented.\n")
    with archive_to_fill(settings) as archive:
        results = _crawl(archive, settings, paper, until)
        console.print(result_table(results))
        console.print()
        with archive.catalogue.reading() as reader:
            newest = list(reader.newest_articles(Selection(), ISSUES * ISSUES))
            lines = lines_of(reader, _telling(newest)) if newest else []
    print_lines(lines)
    console.print(f"\nThe archive is in {folder}. Try next:\n")
    for line in _next_commands(folder, newest):
        console.print(printed(f"    {line}"), soft_wrap=True)
    return max(result.verdict.exit_code for result in results)


def _crawl(archive: Archive, settings: Settings, paper: Paper, until: date) -> list[PageResult]:
    days = [until - timedelta(days=back) for back in reversed(range(ISSUES))]
    keys = [PageKey(paper.slug, day, paper.default_page) for day in days]
    held = held_pages(archive.catalogue, keys)
    scenario = replace(SCENARIOS["demo"], latest=until)
    with (
        ReplicaServer(Site(Newspaper(SEED), scenario)) as server,
        article_bar(hidden=False) as watch,
        harvest_of(archive, settings, paper, site=server.url, watch=watch) as harvest,
    ):
        now = SystemClock().now()
        intents = plan_crawl(paper, days, paper.default_page, held, now)
        policy = asked_for(now, again=False)
        return list(told(harvest.carry_out(intents, policy), as_json=False))


def _claim(folder: Path) -> None:
    """Makes the folder a demo's, or refuses: an archive of real issues is never mixed with it."""
    note = folder / NOTE
    try:
        if not note.exists():
            if folder.exists() and any(folder.iterdir()):
                raise UsageError(f"{folder} is not empty and no earlier demo: give another --home")
            folder.mkdir(parents=True, exist_ok=True)
            note.write_text("Made by baoku demo from invented text: delete it when you like.\n")
    except OSError as error:
        raise HomeUnusable(
            f"{folder} cannot be a demo's folder ({error.strerror}): give another --home"
        ) from error


def _telling(records: list[ArticleRecord]) -> ArticleRecord:
    """The article with the most to see; of several the one that is read soonest."""

    def told(record: ArticleRecord) -> tuple[int, int]:
        article = record.article
        kinds = {block.type for block in article.blocks}
        parts = (article.kicker, article.deck, article.byline, article.pictures)
        return sum(map(bool, (*parts, article.author_note))) + len(kinds), -article.char_count

    return max(records, key=told)


def _next_commands(folder: Path, records: list[ArticleRecord]) -> list[str]:
    home = f"--home {shlex.quote(str(folder))}"
    called = _how_it_was_called()
    lines = [f"{called} show {home}"]
    if records:
        article = records[0].article
        page = page_id(article.paper, article.issue_date, article.page_no)
        lines += [
            f"{called} show {page} {home}",
            f"{called} explain {records[0].id} {home}",
            f"{called} show {records[0].id} --json {home}",
        ]
    return [
        *lines,
        f"{called} status {home}",
        f"{called} export --format jsonl -o articles.jsonl {home}",
        f"{called} doctor {home}",
        f"{called} crawl --contact you@example.org    # the live paper, today's page 7",
    ]


def _how_it_was_called() -> str:
    """`baoku` where the shell finds this program under that name, else the path it was given."""
    given = Path(sys.argv[0])
    found = shutil.which("baoku")
    if given.name != "baoku" or (found and Path(found).resolve() == given.resolve()):
        return "baoku"
    return shlex.quote(str(given))
