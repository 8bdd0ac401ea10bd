"""How an article is cited: GB/T 7714, BibTeX, RIS and CSL-JSON. Pure.

Authors are those who wrote; of an item that nobody wrote, those who took or drew its pictures. The
page's editors (page_credits) are never among them. A Chinese name is one piece, never split.
"""

import re
from collections.abc import Collection

from press.clock import beijing_date
from press.model import Article, Role
from press.record import ArticleRecord, Json

WRITERS: tuple[Role, ...] = (
    "author", "commentator", "reporter", "correspondent", "intern", "narrator", "compiler",
)  # fmt: skip
_PICTURE_MAKERS: tuple[Role, ...] = ("photographer", "illustrator")
_TRANSLATORS: tuple[Role, ...] = ("translator",)
_ILLUSTRATORS: tuple[Role, ...] = ("illustrator",)

UNTITLED = "[无题]"
"""The title of an item without headline and captions, in brackets: it is not the paper's."""

_NAMED = 3
"""GB/T 7714-2015, 8.1.2: of more authors the first three, then 等."""

_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_NO_KEY = re.compile(r"[^A-Za-z0-9.:_-]")
_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # BibTeX counts \{ as an opening brace; this form is balanced
    "}": r"\textbraceright{}",
    "%": r"\%",
    "&": r"\&",
    "#": r"\#",
    "$": r"\$",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_TEX_CHARACTERS = str.maketrans(_TEX)
_URL_CHARACTERS = str.maketrans({"\\": "%5C", "{": "%7B", "}": "%7D", " ": "%20"})


def authors(article: Article) -> tuple[str, ...]:
    """The names to cite, as printed, each once; empty where nobody is named."""
    return _names(article, WRITERS) or _names(article, _PICTURE_MAKERS)


def title(article: Article) -> str:
    """The headline on one line; else the first caption; else UNTITLED."""
    captions = (picture.caption for picture in article.pictures)
    found = next(filter(None, map(_one_line, (article.headline, *captions))), None)
    return found or UNTITLED


def gbt7714(record: ArticleRecord) -> str:
    """GB/T 7714-2015, numeric style, one line: 作者.题名[N].报纸名,出版日期(版次).

    Without authors it begins with the title, as 8.1.4 allows.
    """
    article = record.article
    names = list(authors(article))
    if len(names) > _NAMED:
        names[_NAMED:] = ["等"]
    who = f"{','.join(names)}." if names else ""
    paper, day = _one_line(article.paper_name), article.issue_date.isoformat()
    return f"{who}{title(article)}[N].{paper},{day}({article.page_no})"


def bibtex(record: ArticleRecord) -> str:
    """An @article entry with a line feed at its end; its key is the article's id."""
    article, day = record.article, record.article.issue_date
    fields = {
        "author": " and ".join(f"{{{_tex(name)}}}" for name in authors(article)),
        "title": f"{{{_tex(title(article))}}}",
        "journal": f"{{{_tex(_one_line(article.paper_name))}}}",
        "year": f"{day.year:04d}",
        "month": str(day.month),
        "day": str(day.day),
        "pages": str(article.page_no),
        "url": _one_line(article.url).translate(_URL_CHARACTERS),
        "translator": " and ".join(f"{{{_tex(name)}}}" for name in _names(article, _TRANSLATORS)),
        "entrysubtype": "newspaper",
        "langid": "chinese",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@article{{{_NO_KEY.sub('_', record.id)},", *lines, "}", ""])


def ris(record: ArticleRecord) -> str:
    """A NEWS entry: lines "TAG  - value" that end in CRLF, the last one ER."""
    article, day = record.article, record.article.issue_date
    pairs = [
        ("TY", "NEWS"),
        *(("AU", name) for name in authors(article)),
        ("TI", title(article)),
        ("T2", _one_line(article.paper_name)),
        ("PY", f"{day.year:04d}"),
        ("DA", f"{day:%Y/%m/%d}"),
        ("SP", str(article.page_no)),
        ("SE", _one_line(article.page_name)),
        ("UR", _one_line(article.url)),
        ("LA", "zh-CN"),
        ("ID", record.id),
    ]
    lines = [f"{tag}  - {value}\r\n" for tag, value in pairs if value]
    return "".join([*lines, "ER  - \r\n"])


def csl(record: ArticleRecord) -> dict[str, Json]:
    """A CSL-JSON item of type article-newspaper; what is unknown is left out."""
    article = record.article
    item: dict[str, Json] = {
        "id": record.id,
        "type": "article-newspaper",
        "title": title(article),
        "author": _literals(authors(article)),
        "translator": _literals(_names(article, _TRANSLATORS)),
        "illustrator": _literals(_names(article, _ILLUSTRATORS)),
        "container-title": _one_line(article.paper_name),
        "issued": _parts(article.issue_date.isoformat()),
        "accessed": _parts(beijing_date(record.fetched_at).isoformat()),
        "page": str(article.page_no),
        "section": _one_line(article.page_name),
        "URL": _one_line(article.url),
        "language": "zh-CN",
    }
    return {key: value for key, value in item.items() if value}


def _names(article: Article, roles: tuple[Role, ...]) -> tuple[str, ...]:
    said = (_one_line(one.name) for one in article.contributors if one.role in roles)
    return tuple(dict.fromkeys(filter(None, said)))


def _literals(names: Collection[str]) -> Json:
    return [{"literal": name} for name in names]


def _parts(iso_date: str) -> Json:
    return {"date-parts": [[int(part) for part in iso_date.split("-")]]}


def _one_line(text: str | None) -> str:
    return _CONTROLS.sub(" ", text or "").strip(" ")


def _tex(text: str) -> str:
    return text.translate(_TEX_CHARACTERS)
