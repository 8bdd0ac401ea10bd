"""`baoku paper`: the newspapers that can be archived."""

import click

from cli.options import archive_options, json_option
from cli.terminal import printed, screen, table_of
from cli.wiring import settings_here
from crawler.papers import find_paper, known_papers
from press.paper import Era, Paper
from press.record import Json, json_line

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@click.group(invoke_without_command=True)
@click.pass_context
def paper(context: click.Context) -> None:
    """The newspapers, and what is known of one."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@paper.command("list")
@json_option
@archive_options
def list_papers(as_json: bool) -> None:
    """Every newspaper that can be archived."""
    papers = known_papers(settings_here().papers).values()
    if as_json:
        for one in papers:
            click.echo(json_line(paper_json(one)))
        return
    table = table_of("paper", "name", "first issue", "eras", "home")
    for one in papers:
        table.add_row(
            one.slug,
            printed(one.name),
            one.first_issue.isoformat(),
            str(len(one.eras)),
            printed(one.home_url),
        )
    screen().print(table)


@paper.command("show")
@click.argument("slug", metavar="PAPER")
@json_option
@archive_options
def show_paper(slug: str, as_json: bool) -> None:
    """The facts of PAPER: its calendar and its eras of addresses."""
    one = find_paper(slug, settings_here().papers)
    if as_json:
        click.echo(json_line(paper_json(one)))
        return
    console = screen()
    console.print(printed(f"{one.name} ({one.slug})", "bold"))
    facts = table_of("", "")
    facts.show_header = False
    facts.add_row("home", printed(one.home_url))
    facts.add_row("first issue", one.first_issue.isoformat())
    facts.add_row("days", " ".join(_DAYS[day] for day in sorted(one.weekdays)))
    facts.add_row("up from", f"{one.published_at:%H:%M} in Beijing")
    facts.add_row("default page", str(one.default_page))
    kept = "no limit is known" if one.public_days is None else f"{one.public_days} days"
    facts.add_row("stays public", kept)
    console.print(facts)
    for era in one.eras:
        console.print(printed(f"\n{era.name}: {era.since} to {era.until or 'today'}", "bold"))
        console.print("  seen: {} to {}".format(*era.evidence))
        for name, value in _era_facts(era).items():
            if value is not None:
                console.print(printed(f"  {name}: {value}"), soft_wrap=True)
    if one.notes:
        console.print(printed("\n" + one.notes.strip()))


def paper_json(one: Paper) -> dict[str, Json]:
    """A newspaper as JSON; weekdays count from Monday, 0."""
    eras: list[Json] = [
        {
            "name": era.name,
            "since": era.since.isoformat(),
            "until": era.until.isoformat() if era.until else None,
            "evidence": [day.isoformat() for day in era.evidence],
            **_era_facts(era),
        }
        for era in one.eras
    ]
    return {
        "paper": one.slug,
        "paper_name": one.name,
        "home_url": one.home_url,
        "first_issue": one.first_issue.isoformat(),
        "weekdays": [*sorted(one.weekdays)],
        "published_at": f"{one.published_at:%H:%M}",
        "default_page": one.default_page,
        "public_days": one.public_days,
        "eras": eras,
        "notes": one.notes or None,
    }


def _era_facts(era: Era) -> dict[str, Json]:
    return {
        "platform": era.platform,
        "front_url": era.front_url,
        "page_url": era.page_url,
        "article_url": era.article_url,
    }
