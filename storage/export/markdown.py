"""Articles as Markdown (CommonMark and GitHub's tables): for reading, and as a folder of files.

What a newspaper wrote is escaped wherever it could be markup, and what steers a terminal is shown
as U+FFFD. The front matter has the fields exactly.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

from press.citation import gbt7714
from press.keys import page_id
from press.model import Article, Block, Picture
from press.record import ArticleRecord, Json, PageRecord, article_json
from storage.export.file import making_folder

BODY_KEYS = ("blocks", "text", "pictures", "zones")
"""Keys of the record that the front matter leaves to the body, or, as zones, out."""

_MARKUP = re.compile(
    r"""([\\`*_\[\]<>&~|$^\#{}=!@]"""  # wherever they stand
    r"""|(?<!\d):|:(?!\d)"""  # addresses, :names: of pictures; but not 10:30
    r"""|(?<=www)\."""
    r"""|^[-+])""",
    re.IGNORECASE | re.ASCII,
)
_LIST_NUMBER = re.compile(r"^(\d{1,9})([.)])", re.ASCII)
_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]"
)
_OUTER_SPACE = re.compile(r"^\s+|\s+$")  # some renderers strip more than CommonMark says
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_WEB = re.compile(r"https?://", re.IGNORECASE)
_URL_SAFE = "/:?#[]@!$'*+,=%~-._"
_NAME_CHARS = 120


def write_markdown(records: Iterable[ArticleRecord], folder: Path) -> int:
    """Makes the folder, one file a record, and returns how many there were.

    A file is at PAPER/YEAR/DATE/PAGE/ID.md. MANIFEST.sha256 lists them in the order given, as
    sha256sum -c reads it. The folder comes whole or not at all. Raises UsageError where something
    is there already, HomeUnusable where it cannot be written.
    """
    count = 0
    with making_folder(folder) as new, (new / "MANIFEST.sha256").open("wb") as manifest:
        for record in records:
            name = file_of(record)
            path = new / name
            data = f"{front_matter(record)}\n{article_markdown(record)}".encode()
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            manifest.write(f"{hashlib.sha256(data).hexdigest()}  {name}\n".encode())
            count += 1
    return count


def file_of(record: ArticleRecord) -> str:
    """The path of the record's file inside the folder, with forward slashes.

    An id from outside keeps to letters, digits and .-_%; a very long one is cut and gets a digest.
    """
    article = record.article
    page = page_id(article.paper, article.issue_date, article.page_no).rpartition("-")[2]
    name = quote(record.id, safe="")
    if len(name) > _NAME_CHARS:
        name = f"{name[:_NAME_CHARS]}-{hashlib.sha256(record.id.encode()).hexdigest()[:16]}"
    day = article.issue_date
    return f"{quote(article.paper, safe='')}/{day.year:04d}/{day.isoformat()}/{page}/{name}.md"


def front_matter(record: ArticleRecord) -> str:
    """The record's keys without BODY_KEYS as YAML between two lines ---, each value as in JSON."""
    value = article_json(record)
    lines = [f"{key}: {_yaml(value[key])}\n" for key in value if key not in BODY_KEYS]
    return "".join(["---\n", *lines, "---\n"])


def article_markdown(record: ArticleRecord) -> str:
    """The article: the headline block as on the page, pictures, body, notes, and its citation."""
    return "\n\n".join(_parts(record)) + "\n"


def page_title(record: PageRecord) -> str:
    """A page's heading: paper, date, label and name."""
    page = record.page
    names = (record.paper_name, page.issue_date.isoformat(), page.page_label, page.page_name)
    return f"# {_in_one_line(' '.join(filter(None, names)))}\n"


def escaped(text: str) -> str:
    """The text so that it renders as itself, each of its lines as a line, and is no markup."""
    lines = [_escaped_line(line) for line in text.split("\n")]
    return "\\\n".join(line or "&#32;" for line in lines) if len(lines) > 1 else lines[0]


def _parts(record: ArticleRecord) -> Iterator[str]:
    article = record.article
    yield from _headline_block(article)
    yield from (_picture(picture) for picture in article.pictures)
    yield from filter(None, (_block(block) for block in article.blocks))
    for note in (article.author_note, article.page_credits):
        if note is not None:
            yield escaped(note)
    yield "* * *"
    yield _source(record)


def _headline_block(article: Article) -> Iterator[str]:
    if article.kicker is not None:
        yield escaped(article.kicker)
    yield f"# {_in_one_line(article.headline or f'({article.genre})')}"
    for line in (article.deck, article.byline):
        if line is not None:
            yield escaped(line)


def _picture(picture: Picture) -> str:
    label = f"图 {picture.order}"
    address = _address(picture.url)
    said = [_in_one_line(text) for text in (picture.caption, picture.credit) if text is not None]
    return " ".join([f"[{label}]({address})" if address else label, *said])


def _block(block: Block) -> str:
    if block.type == "table":
        return _table(block)
    if not block.text:
        return ""
    if block.type == "crosshead":
        return f"## {_in_one_line(block.text)}"
    if block.type == "list":
        return "\n".join(f"- {_escaped_line(item)}" for item in block.text.split("\n"))
    if block.type == "note":
        return "\n".join(f"> {line}" for line in escaped(block.text).split("\n"))
    return escaped(block.text)


def _table(block: Block) -> str:
    """A pipe table; its header row is empty, since no row of a newspaper's table is known as one."""
    width = max((len(row) for row in block.rows), default=0)
    if not width:
        return ""
    padded = [[*map(_in_one_line, row), *[""] * (width - len(row))] for row in block.rows]
    rows = [[""] * width, ["---"] * width, *padded]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _source(record: ArticleRecord) -> str:
    address = _address(record.article.url)
    status = "" if record.status == "ok" else f" · {escaped(record.status)}"
    lines = [escaped(gbt7714(record))]
    lines += [f"{escaped(record.id)} · revision {record.revision}{status}"]
    lines += [f"[{_escaped_line(record.article.url or '')}]({address})"] if address else []
    return "\\\n".join(lines)


def _address(url: str | None) -> str | None:
    """A web address as a link's destination; None for anything else."""
    if url is None or not _WEB.match(url):
        return None
    safe = quote(url.encode("utf-8", "replace"), safe=_URL_SAFE + "&;()")
    return f"<{safe.replace('&', '&amp;')}>"


def _in_one_line(text: str) -> str:
    return _escaped_line(" ".join(text.split("\n")))


def _escaped_line(line: str) -> str:
    plain = _MARKUP.sub(r"\\\1", _STEERING.sub("\ufffd", line))
    plain = _LIST_NUMBER.sub(r"\1\\\2", plain)
    return _OUTER_SPACE.sub(_spelled_out, plain)


def _spelled_out(space: re.Match[str]) -> str:
    return "".join(f"&#{ord(character)};" for character in space[0])


def _yaml(value: Json) -> str:
    """JSON, which is YAML too once what YAML calls unprintable is escaped."""
    text = json.dumps(value, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
