"""Promise 2 for one article: its account closes, and is that of its source. Pure."""

from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser

from crawler.parse.decoding import decode
from crawler.parse.dump import is_dump
from crawler.parse.tree import scan_text
from pipeline.audit.breach import Breach
from press.account import Account
from press.keys import content_hash
from press.model import Article
from storage.catalogue.fixity import StoredArticle
from storage.catalogue.holdings import HeldArticle

_TEXTS = ("kicker", "headline", "deck", "column", "byline", "author_note", "page_credits")
_WHOLE = {*_TEXTS, "blocks", "pictures"}
"""Fields that hold their characters as printed; of a jump line the record has the number only."""
_UNSEEN = {"script", "style", "noscript", "template", "noframes", "title", "iframe", "object"}
_SHOWN = 12


def breaches_of_revisions(article: HeldArticle) -> Iterator[Breach]:
    """Each revision of an article that has no account."""
    for revision in article.revisions:
        if not revision.has_account:
            yield _breach(article.id, f"its revision {revision.number} has no account")


def breaches_of_account(stored: StoredArticle) -> Iterator[Breach]:
    """Where the rows of an article contradict each other; needs no shelf.

    The account's field pieces are the characters of the fields, the residue is the account's, the
    content hash is that of the content, and text and count are those of the blocks.
    """
    subject, article = stored.record.id, stored.record.article
    if content_hash(article) != stored.content_hash:
        yield _breach(subject, "its content is not that of its content hash")
    if (stored.text, stored.char_count) != (article.text, article.char_count):
        yield _breach(subject, "its text or char_count is not that of its blocks")
    residue = tuple(piece for piece in stored.account.pieces if piece.kind == "residue")
    if residue != article.account.pieces:
        yield _breach(subject, "its residue is not that of its account")
    own = {"needs_review"} if residue else {"ok"}
    if stored.record.status not in own | {"withdrawn"}:
        yield _breach(subject, f"its status is {stored.record.status}, its account says otherwise")
    if not residue:
        for name in _differing_fields(stored.account, article):
            yield _breach(subject, f"{name} has other characters than its source")


def breaches_of_source(
    stored: StoredArticle, body: bytes, content_type: str | None
) -> Iterator[Breach]:
    """Where an account without residue is not that of the body's visible characters.

    They are counted by plain scans of the source, which share nothing with the parser: two of
    them, since broken markup has no one reading; the account must agree with either.
    """
    if not stored.account.is_closed:
        return
    told = _characters("".join(piece.text for piece in stored.account.pieces))
    source = decode(body, content_type).text
    counted = _characters(source if is_dump(source) else scan_text(source))
    if told == counted or (not is_dump(source) and told == _characters(_plain_text(source))):
        return
    lost, invented = counted - told, told - counted
    parts = [
        f"{name} {len(list(some.elements()))} characters ({''.join(some.elements())[:_SHOWN]})"
        for name, some in (("lacks", lost), ("has invented", invented))
        if some
    ]
    yield _breach(stored.record.id, f"its account {' and '.join(parts)}")


def _differing_fields(account: Account, article: Article) -> list[str]:
    claimed: dict[str, Counter[str]] = {}
    for piece in account.pieces:
        if piece.kind == "field" and piece.name.partition("[")[0] in _WHOLE:
            claimed.setdefault(piece.name, Counter()).update(_characters(piece.text))
    fields = {
        name: counted for name, text in _fields(article).items() if (counted := _characters(text))
    }
    return [
        name
        for name in sorted(claimed.keys() | fields.keys())
        if claimed.get(name) != fields.get(name)
    ]


def _fields(article: Article) -> dict[str, str]:
    """The fields under the names that the account gives them."""
    fields = {name: getattr(article, name) or "" for name in _TEXTS}
    fields |= {f"blocks[{n}]": block.text for n, block in enumerate(article.blocks)}
    for n, picture in enumerate(article.pictures):
        fields[f"pictures[{n}].caption"] = picture.caption or ""
        fields[f"pictures[{n}].credit"] = picture.credit or ""
    return fields


class _Visible(HTMLParser):
    """The text of a page outside what no reader sees."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in _UNSEEN

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in _UNSEEN

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.texts.append(data)


def _plain_text(source: str) -> str:
    parser = _Visible()
    parser.feed(source)
    parser.close()
    return "".join(parser.texts)


def _characters(text: str) -> Counter[str]:
    return Counter("".join(text.split()))


def _breach(subject: str, sentence: str) -> Breach:
    return Breach(promise=2, subject=subject, sentence=f"{sentence}: restore a backup")
