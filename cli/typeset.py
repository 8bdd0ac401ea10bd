"""Articles, pages and accounts set as a person reads them. Pure: values in, text to print out."""

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from cli.terminal import printed, table_of
from press.account import Account, visible_count
from press.capture import Capture
from press.model import Article, Block, Picture
from press.record import ArticleRecord, PageRecord, Tombstone, time_json

INDENT = "\u3000\u3000"
"""Two ideographic spaces, as a Chinese paragraph begins."""


def article_lines(record: ArticleRecord, page: PageRecord | None) -> Iterator[RenderableType]:
    """The article from its kicker to its provenance, then the page's other headlines."""
    article = record.article
    yield from _headline_block(article)
    yield from _pictures(article.pictures)
    for block in article.blocks:
        yield from _block(block)
    for note in (article.author_note, article.page_credits):
        if note is not None:
            yield printed(f"\n{note}", "dim")
    yield Text("─" * 60, style="dim")
    yield _provenance(record)
    if record.revision > 1:
        yield printed(f"what changed before: baoku show {record.id} --diff", "dim")
    if record.status == "needs_review":
        yield printed(f"{record.status}: see baoku explain {record.id}", "bold red")
    others = _other_headlines(article, page)
    if others:
        yield Text("\nAlso on this page:")
        yield from (printed(f"  · {title}") for title in others)


def page_lines(record: PageRecord, articles: Sequence[ArticleRecord]) -> Iterator[RenderableType]:
    """The page: its label and name, each article that it announces, archived or not."""
    page = record.page
    name = f" {page.page_name}" if page.page_name else ""
    yield printed(f"{record.paper_name} {page.issue_date} {page.page_label}{name}", "bold")
    archived = {item.article.native_id or item.article.headline: item for item in articles}
    table = table_of(">", "headline", "byline", ">chars", "id")
    for entry in page.entries:
        item = archived.pop(entry.native_id or entry.title, None)
        title = entry.title or (item and one_line(item.article.headline)) or "(no title)"
        table.add_row(str(entry.order), printed(title), *_archived_cells(item))
    for item in archived.values():
        title = (one_line(item.article.headline) or "(no title)") + _unless_ok(item)
        table.add_row(str(item.article.order), printed(title), *_archived_cells(item))
    yield table
    yield printed(" · ".join(filter(None, (page.url, page.pdf_url))) or "no address known", "dim")


def article_table(records: Sequence[ArticleRecord]) -> Table:
    """One row an article."""
    table = table_of("issue", ">page", "headline", "byline", ">chars", "id")
    for record in records:
        article = record.article
        style = "" if record.status == "ok" else "red"
        table.add_row(
            article.issue_date.isoformat(),
            str(article.page_no),
            printed(
                (one_line(article.headline) or f"({article.genre})") + _unless_ok(record), style
            ),
            printed(one_line(article.byline) or ""),
            str(article.char_count),
            record.id,
        )
    return table


def tombstone_line(tombstone: Tombstone, evidence: Capture | None) -> Text:
    """Since when an article is withdrawn, and what shows it."""
    text = f"withdrawn: its page does not announce it since {time_json(tombstone.withdrawn_at)}"
    if tombstone.evidence is not None:
        text += f" (evidence sha256 {tombstone.evidence}"
        text += f", {evidence.place.file}@{evidence.place.offset})" if evidence else ")"
    return printed(text, "bold red")


def account_table(account: Account) -> Table:
    """One row a piece of the source, in its order, with where it went."""
    table = table_of("where to", "name", ">chars", "text")
    colours = {"field": "", "dropped": "dim", "residue": "bold red"}
    for piece in account.pieces:
        style = colours[piece.kind]
        count = str(visible_count(piece.text))
        table.add_row(
            Text(piece.kind, style), printed(piece.name, style), count, printed(piece.text, style)
        )
    return table


def account_sum(account: Account) -> str:
    """The books: visible = in fields + dropped + residue."""
    fields, dropped, residue = (account.count(kind) for kind in ("field", "dropped", "residue"))
    return (
        f"{fields + dropped + residue} visible characters = {fields} in fields "
        f"+ {dropped} dropped by named rules + {residue} residue"
    )


def one_line(text: str | None) -> str | None:
    """A headline as it is read out: its line breaks as spaces."""
    return None if text is None else " ".join(text.splitlines())


def _headline_block(article: Article) -> Iterator[RenderableType]:
    if article.kicker is not None:
        yield printed(one_line(article.kicker) or "", "dim")
    yield printed(one_line(article.headline) or f"({article.genre} without a headline)", "bold")
    if article.deck is not None:
        yield printed(one_line(article.deck) or "")
    if article.byline is not None:
        yield printed(article.byline, "italic")
    yield Text("")


def _pictures(pictures: Sequence[Picture]) -> Iterator[RenderableType]:
    for picture in pictures:
        said = " ".join(filter(None, (picture.caption, picture.credit))) or "no caption"
        yield printed(f"[picture {picture.order}] {said}", "cyan")
        if picture.url is not None:
            yield printed(f"    {picture.url}", "dim")
    if pictures:
        yield Text("")


def _block(block: Block) -> Iterator[RenderableType]:
    if block.type == "table":
        table = Table(show_header=False)
        for row in block.rows:
            table.add_row(*(printed(cell) for cell in row))
        yield table
    elif block.type == "crosshead":
        yield printed(f"\n{block.text}\n", "bold")
    elif block.type in {"verse", "list"}:
        yield Padding(printed(block.text), (0, 0, 0, 8))
    elif block.type == "note":
        yield printed(INDENT + block.text, "italic")
    else:
        yield printed(INDENT + block.text)


def _provenance(record: ArticleRecord) -> Text:
    article, place = record.article, record.place
    parts = (
        f"{article.paper_name} {article.issue_date} {article.page_label}",
        article.page_name,
        article.url,
        f"fetched {time_json(record.fetched_at)}",
        f"{place.file}@{place.offset}",
        f"{record.id} revision {record.revision}",
    )
    return printed(" · ".join(part for part in parts if part), "dim")


def _other_headlines(article: Article, page: PageRecord | None) -> list[str]:
    if page is None:
        return []
    own = one_line(article.headline)
    return [
        entry.title
        for entry in page.page.entries
        if entry.title is not None
        and entry.title != own
        and (entry.native_id is None or entry.native_id != article.native_id)
    ]


def _archived_cells(item: ArticleRecord | None) -> tuple[RenderableType, ...]:
    if item is None:
        return Text("not in the archive", "dim"), "", ""
    article = item.article
    return printed(one_line(article.byline) or ""), str(article.char_count), item.id


def _unless_ok(record: ArticleRecord) -> str:
    return "" if record.status == "ok" else f" ({record.status})"
