"""`baoku explain`: the account of an article's characters."""

import click

from cli.options import archive_options, json_option
from cli.terminal import printed, screen
from cli.typeset import account_sum, account_table, one_line
from cli.wiring import archive_to_read, settings_here
from press.errors import UsageError
from press.keys import page_id, read_key
from press.record import account_json, json_line


@click.command()
@click.argument("text", metavar="ID")
@json_option
@archive_options
def explain(*, text: str, as_json: bool) -> None:
    """Where each visible character of an article's source went, piece by piece.

    A piece is in a field, was dropped by a rule that has a name, or is residue, which nobody took.
    """
    key, article_part = read_key(text)
    if article_part is None:
        raise UsageError(f"{text} is a page: give one of its articles, see baoku show {text}")
    article_id = f"{page_id(key.paper, key.issue_date, key.page_no)}-{article_part}"
    with archive_to_read(settings_here()) as archive, archive.catalogue.reading() as reader:
        record, account = reader.article(article_id), reader.account(article_id)
    if record is None or account is None:
        raise UsageError(f"the archive has no article {article_id}: see baoku show")
    if as_json:
        click.echo(json_line(account_json(article_id, account)))
    else:
        console = screen()
        headline = one_line(record.article.headline) or record.article.genre
        console.print(printed(f"{record.id} {headline}", "bold"))
        console.print(account_table(account))
        console.print(printed(account_sum(account)))
