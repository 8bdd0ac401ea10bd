"""One article page to one article, every visible character accounted for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.clean.whitespace import squeeze
from crawler.parse.announced import announced_by
from crawler.parse.blocks import Body, is_mark, read_body
from crawler.parse.byline import read_contributors
from crawler.parse.claims import Claims, settle
from crawler.parse.flow import flow
from crawler.parse.frame import find_frame
from crawler.parse.genre import is_titled_blank, read_genre
from crawler.parse.headline import (
    HeadlineBlock,
    read_headline_block,
    split_inner_head,
    split_signature,
)
from crawler.parse.intruders import hidden_texts, intruders
from crawler.parse.layout import Layout, issue_folder
from crawler.parse.lines import Grid, Line, Mark, Token, Unseen
from crawler.parse.marks import Dateline, read_dateline
from crawler.parse.misplaced import misplaced
from crawler.parse.pictures import find_plates, read_picture
from crawler.parse.region import Around, drop_tail, drop_toolbar
from crawler.parse.soundness import unsound
from crawler.parse.surroundings import cut_before, drop_after, drop_before
from crawler.parse.thumbnails import picture_copies, without_copies
from crawler.parse.tree import Tree, has_end, text_of
from crawler.parse.witnesses import contradictions
from press.account import Account, Piece
from press.errors import LayoutChanged, Truncated
from press.model import Block, Contributor, Entry, Genre, PageNo, Picture

REPEATED_CHARS = 120
"""A shorter text that says everything twice may be a song."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What an article page holds of its article: the fields that the page itself decides."""

    head: HeadlineBlock
    contributors: tuple[Contributor, ...]
    dateline: str | None
    genre: Genre
    blocks: tuple[Block, ...]
    author_note: str | None
    page_credits: str | None
    pictures: tuple[Picture, ...]
    continues_to: PageNo | None
    continued_from: PageNo | None
    account: Account


def read_story(
    tree: Tree, layout: Layout, entry: Entry, base_url: str, titles: Sequence[str], replaced: int
) -> Story:
    """The story on an article page.

    `entry` is how the page index announced it, `titles` the headlines that the page shows,
    `replaced` the number of bytes sequences that were no characters. Raises LayoutChanged when
    the marks of an article are missing, or when nothing stands where the article should.
    """
    announced = announced_by(tree.source, entry.title)
    frame = find_frame(tree.root, layout, [announced.title] if announced.title else titles)
    if frame is None:
        raise LayoutChanged(
            "the mark of an article's body is not on the page: the layout may have changed"
        )
    if _is_cut(tree.source, frame.body):
        raise Truncated("the page ends before its article does: ask for it, or save it, again")
    claims = Claims()
    visible = text_of(tree.root)
    drop_before(frame.region, layout, claims)
    if frame.toolbar is not None and frame.begins_at_toolbar:
        cut_before(frame.toolbar, frame.region, layout, claims)
    tokens = flow(frame.region, body=frame.body, headline=frame.headline)
    before, inside, after = _thirds(tokens)
    page = Around(base_url, issue_folder(base_url))
    above = drop_toolbar(before, frame, page, claims)
    tail = drop_tail(after, frame, page, claims)
    plates, captions = find_plates([*above, *inside, *tail], frame.body, frame.headline)
    story = _body_flow(inside, tail, captions, claims)
    own_text = story
    above_lines = [t for t in above if isinstance(t, Line) and t.text and id(t) not in captions]
    if frame.headline is None:
        inner, story = split_inner_head(story, announced.title)
        above_lines += inner
    own = next((n for n, t in enumerate(above_lines) if t.is_in(frame.headline)), 0)
    marks = [line for line in above_lines[:own] if is_mark(line.text)]
    head = read_headline_block(
        [line for line in above_lines if line not in marks], frame.headline, announced, claims
    )
    head, story = split_signature(story, head, claims)
    body = read_body([*marks, *story], claims)
    plates = without_copies(plates, base_url)
    pictures = tuple(read_picture(p, n, base_url, claims) for n, p in enumerate(plates, 1))
    for token in inside:
        if isinstance(token, Unseen):
            claims.drop(token.rule, token.text, token.place)
    drop_after(frame.region, layout, claims)
    doubts = (
        *contradictions(head, body.blocks, pictures, announced),
        *intruders(frame.body, _kept(inside, own_text), tree, visible, base_url),
        *hidden_texts([*before, *after], visible),
        *misplaced(above_lines, tail, frame),
        *picture_copies(plates, base_url),
        *unsound(head.headline, body.blocks, goes_on=body.continues_to is not None),
    )
    return assemble(
        head=head, body=body, pictures=pictures, claims=claims, visible=visible,
        lost_chars=tree.lost_chars, replaced=replaced, entry=entry, doubts=doubts,
    )  # fmt: skip


def assemble(
    *,
    head: HeadlineBlock,
    body: Body,
    pictures: tuple[Picture, ...],
    claims: Claims,
    visible: str,
    lost_chars: int,
    replaced: int,
    entry: Entry,
    doubts: Sequence[Piece] = (),
) -> Story:
    """The story from its parts, with the account of the `visible` text of its source.

    `doubts` are what the page says against its own reading, `lost_chars` and `replaced` count what
    the parser lost and what was no character. Raises LayoutChanged where nothing stands where the article should.
    """
    blocks = tuple(body.blocks)
    author_note = "\n".join(body.author_notes) or None
    page_credits = "\n".join(body.page_credits) or None
    if not (blocks or pictures or page_credits) and not is_titled_blank(head.headline, entry):
        raise LayoutChanged("the article has neither text nor picture: the layout may have changed")
    fields = {
        "kicker": head.kicker, "headline": head.headline, "deck": head.deck,
        "byline": head.byline, "author_note": author_note, "page_credits": page_credits,
        "continues_to": body.jump_to, "continued_from": body.jump_from,
    }  # fmt: skip
    fields |= {f"blocks[{n}]": block.text for n, block in enumerate(blocks)}
    for picture in pictures:
        fields[f"pictures[{picture.order - 1}].caption"] = picture.caption
        fields[f"pictures[{picture.order - 1}].credit"] = picture.credit
    account = settle(
        claims.pieces,
        visible=visible,
        lost_chars=lost_chars,
        fields={name: value for name, value in fields.items() if value},
    )
    if _lacks_headline(entry, head, blocks):
        absent = Piece("residue", "announced, not on the page", entry.title or "")
        account = Account((*account.pieces, absent))
    if doubts:
        account = Account((*account.pieces, *dict.fromkeys(doubts)))
    if replaced:
        undecoded = Piece("residue", "bytes that are no character", f"{replaced} places")
        account = Account((*account.pieces, undecoded))
    dateline = next((d for d in map(_dateline, blocks) if d is not None), None)
    contributors = read_contributors(head.byline) if head.byline else ()
    if dateline is not None and dateline.makers:
        contributors += read_contributors(dateline.makers)
    return Story(
        head=head,
        contributors=tuple(dict.fromkeys(contributors)),
        dateline=dateline.line if dateline else None,
        genre=read_genre(
            head.headline, blocks, pictures, page_credits=page_credits, listed=entry.listed
        ),
        blocks=blocks,
        author_note=author_note,
        page_credits=page_credits,
        pictures=pictures,
        continues_to=body.continues_to,
        continued_from=body.continued_from,
        account=account,
    )


def _lacks_headline(entry: Entry, head: HeadlineBlock, blocks: tuple[Block, ...]) -> bool:
    """True for a text whose announced title stands nowhere on its page: its marks may have
    changed. A picture is often announced by a word that is not printed."""
    if head.headline is not None or not entry.title or not blocks:
        return False
    return squeeze(entry.title) not in squeeze("".join(block.text for block in blocks))


def _thirds(tokens: list[Token]) -> tuple[list[Token], list[Token], list[Token]]:
    """The tokens before the body, in it and after it."""
    names = [token.name if isinstance(token, Mark) else "" for token in tokens]
    start, end = names.index("body"), names.index("/body")
    return tokens[:start], tokens[start + 1 : end], tokens[end + 1 :]


def _body_flow(
    inside: list[Token], tail: list[Token], captions: set[int], claims: Claims
) -> list[Line | Grid]:
    """The lines and grids that are body; a body that the page repeats is dropped."""
    ends = [n for n, t in enumerate(inside) if isinstance(t, Mark) and t.name == "/enpcontent"]
    cut = ends[0] if ends else len(inside)
    first, rest = inside[:cut], inside[cut:]
    told = squeeze("".join(t.text for t in first if isinstance(t, Line)))
    again = [t for t in rest if isinstance(t, Line) and t.text]
    if again and all(squeeze(t.text) in told for t in again):
        for line in again:
            claims.drop("repeated_body", line.text, line.place)
        rest = []
    flowing = _told_once([*first, *rest, *tail], claims)
    return [
        t for t in flowing
        if isinstance(t, Grid) or (isinstance(t, Line) and id(t) not in captions)
    ]  # fmt: skip


def _kept(inside: list[Token], story: list[Line | Grid]) -> list[Token]:
    """The tokens of the body element without captions and repeated lines."""
    own = {id(item) for item in story}
    return [t for t in inside if not isinstance(t, Line) or id(t) in own]


def _dateline(block: Block) -> Dateline | None:
    return read_dateline(block.text) if block.type == "paragraph" else None


def _is_cut(source: str, body: HtmlElement) -> bool:
    """True for a page without an end whose body element is never closed."""
    if has_end(source):
        return False
    low = source.lower()
    found = re.search(rf"id\s?=\s?[\"']?{re.escape(body.get('id', ''))}".lower(), low)
    start = found.start() if found and body.get("id") else low.find(f"<{body.tag}")
    return low.find(f"</{body.tag}", start) < 0


def _told_once(tokens: list[Token], claims: Claims) -> list[Token]:
    """The tokens without a second half that says line for line what the first half said."""
    lines = [t for t in tokens if isinstance(t, Line) and t.text]
    half = len(lines) // 2
    texts = [line.text for line in lines]
    is_copy = texts[:half] == texts[half:] and len(set(texts)) == half
    if len(lines) % 2 or not is_copy or sum(map(len, texts)) < REPEATED_CHARS:
        return tokens
    for line in lines[half:]:
        claims.drop("repeated_body", line.text, line.place)
    again = {id(line) for line in lines[half:]}
    return [t for t in tokens if id(t) not in again]
