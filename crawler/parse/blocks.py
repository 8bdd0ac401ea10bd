"""The body of an article: from its flow to blocks, with notes, credits and jump lines set apart."""

import re
from dataclasses import dataclass, field, replace

from crawler.parse.claims import Claims
from crawler.parse.lines import Grid, Line
from crawler.parse.marks import (
    is_author_note,
    is_closing_note,
    is_editors_note,
    is_page_credits,
    split_jump_from,
    split_jump_to,
)
from press.model import Block, PageNo

VERSE_LINE_CHARS = 24
CROSSHEAD_CHARS = 32
LONG_PARAGRAPH_CHARS = 40

_TERMINAL = re.compile(r"[。！？!?；;：:，,、…”’）)】]$|\.$")
_SENTENCE_END = re.compile(r"[。！？!?；;…][”’）)]?$|[：:，,]$")
_ITEM = re.compile(
    r"(?:[●○•·▪■◆▲★※✦－-]\s*|[（(]?\d{1,2}[)）.．、]\s*(?!\d)|[①-⑳⑴-⑽]\s*|[（(][一二三四五六七八九十]{1,3}[)）]\s*)"
)
_SPEECH = re.compile(r"[^，。！？\s]{1,6}[:：]")
_QUOTED = re.compile(r"[“”「」]")


@dataclass(slots=True)
class Body:
    """What the body holds; `None` and empty mean that the article prints none."""

    blocks: list[Block] = field(default_factory=list)
    author_notes: list[str] = field(default_factory=list)
    page_credits: list[str] = field(default_factory=list)
    continues_to: PageNo | None = None
    continued_from: PageNo | None = None
    jump_to: str | None = None
    jump_from: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """One piece of flow on its way to a block: lines of one group, or a grid."""

    lines: tuple[Line, ...] = ()
    grid: Grid | None = None

    @property
    def place(self) -> int:
        """Where the passage begins in the flow."""
        return self.grid.place if self.grid is not None else self.lines[0].place

    @property
    def texts(self) -> tuple[str, ...]:
        """The lines' texts, blank ones at either end left out."""
        texts = [line.text for line in self.lines]
        while texts and not texts[0]:
            texts.pop(0)
        while texts and not texts[-1]:
            texts.pop()
        return tuple(texts)


_ELSEWHERE = Passage()
"""Stands for the text that goes on after a jump line."""


def read_body(flow: list[Line | Grid], claims: Claims) -> Body:
    """The body in a flow of lines and grids; every character is claimed in `claims`."""
    body = Body()
    passages = _merge_verse(_passages(_without_marks(flow, body, claims)))
    for index, passage in enumerate(passages):
        following = passages[index + 1] if index + 1 < len(passages) else None
        if following is None and body.continues_to is not None:
            following = _ELSEWHERE
        for fresh, source in _blocks(passage, following):
            block = fresh
            last = body.blocks[-1] if body.blocks else None
            if last is not None and last.type == block.type == "verse":
                block = Block(type="verse", text=f"{last.text}\n\n{block.text}")
                body.blocks.pop()
            claims.take(f"blocks[{len(body.blocks)}]", source, passage.place)
            body.blocks.append(block)
    return body


def is_mark(text: str) -> bool:
    """True for a colophon or a jump line, which some pages set above the headline."""
    return is_page_credits(text) or (
        split_jump_from(text)[2] is not None and not split_jump_from(text)[0]
    )


def _without_marks(flow: list[Line | Grid], body: Body, claims: Claims) -> list[Line | Grid]:
    """The flow without author notes, colophon and jump lines, which go to their own fields.

    A bracketed note may stand anywhere; what is a note or colophon by its words alone only at
    the end: an interview has lines like "编辑：请谈谈这条河".
    """
    lines = [item for item in flow if isinstance(item, Line) and item.text]
    closing = _closing_marks(lines)
    story = [line for line in lines if id(line) not in closing and not is_author_note(line.text)]
    kept: list[Line | Grid] = []
    for item in flow:
        if not isinstance(item, Line) or not item.text:
            kept.append(item)
        elif is_author_note(item.text) or closing.get(id(item)) == "author_note":
            body.author_notes.append(item.text)
            claims.take("author_note", item.text, item.place)
        elif closing.get(id(item)) == "page_credits":
            credits_line = _without_jumps(item, False, True, body, claims)
            if credits_line.text in body.page_credits:
                claims.drop("repeated_body", credits_line.text, item.place)
                continue
            body.page_credits.append(credits_line.text)
            claims.take("page_credits", credits_line.text, item.place)
        else:
            rest = _without_jumps(item, item is story[0], item is story[-1], body, claims)
            if rest.text:
                kept.append(rest)
    return kept


def _closing_marks(lines: list[Line]) -> dict[int, str]:
    """The lines at the very end, or the colophon at the very beginning, by their ids."""
    marks: dict[int, str] = {}
    for line in lines:
        if not is_page_credits(line.text):
            break
        marks[id(line)] = "page_credits"
    for line in reversed(lines):
        text, jump, _ = split_jump_to(line.text)
        if is_page_credits(text):
            marks[id(line)] = "page_credits"
        elif is_closing_note(text):
            marks[id(line)] = "author_note"
        elif not (is_author_note(text) or (jump and not text)):
            break
    return marks


def _without_jumps(line: Line, is_first: bool, is_last: bool, body: Body, claims: Claims) -> Line:
    text = line.text
    if is_first:
        text, jump, page_no = split_jump_from(text)
        if page_no is not None:
            body.continued_from, body.jump_from = page_no, jump
            claims.take("continued_from", jump, line.place)
    if is_last:
        text, jump, page_no = split_jump_to(text)
        if page_no is not None:
            body.continues_to, body.jump_to = page_no, jump
            claims.take("continues_to", jump, line.place)
    return line if text == line.text else replace(line, text=text)


def _passages(flow: list[Line | Grid]) -> list[Passage]:
    passages: list[Passage] = []
    group: list[Line] = []
    for item in flow:
        if isinstance(item, Grid):
            _close(group, passages)
            passages.append(Passage(grid=item))
            continue
        if group and item.group != group[-1].group and not (item.item and group[-1].item):
            _close(group, passages)
        group.append(item)
    _close(group, passages)
    return passages


def _close(group: list[Line], passages: list[Passage]) -> None:
    if any(line.text for line in group):
        passages += [Passage(lines=tuple(part)) for part in _parts(group)]
    group.clear()


def _parts(group: list[Line]) -> list[list[Line]]:
    """The group as it is, or, where prose and verse share it, each line of prose and each run of
    verse apart: an unclosed paragraph takes in the lines of verse that follow it."""
    filled = [line.text for line in group if line.text]
    if max(map(len, filled)) <= VERSE_LINE_CHARS or any(line.item for line in group):
        return [group]
    parts: list[list[Line]] = []
    run: list[Line] = []
    for line in [*group, None]:
        if line is not None and (not line.text or _is_short(line.text)):
            run.append(line)
            continue
        texts = [one.text for one in run if one.text]
        is_verse = _is_verse(texts) and sum(map(_is_open_ended, texts)) * 4 >= len(texts) * 3
        parts += [run] if texts and is_verse else [[one] for one in run if one.text]
        run = []
        parts += [[line]] if line is not None else []
    return parts


def _is_short(text: str) -> bool:
    return len(text) <= VERSE_LINE_CHARS and not _ITEM.match(text)


def _merge_verse(passages: list[Passage]) -> list[Passage]:
    """Four or more short lines in a row, each a paragraph of its own, are one passage of verse."""
    merged: list[Passage] = []
    run: list[Passage] = []
    for passage in [*passages, None]:
        if passage is not None and _could_be_verse_line(passage):
            run.append(passage)
            continue
        if len(run) >= 4 and sum(_is_open_ended(p.texts[0]) for p in run) * 4 >= len(run) * 3:
            merged.append(Passage(lines=tuple(line for p in run for line in p.lines)))
        else:
            merged += run
        run = []
        if passage is not None:
            merged.append(passage)
    return merged


def _could_be_verse_line(passage: Passage) -> bool:
    texts = passage.texts
    return (
        passage.grid is None
        and len(texts) == 1
        and len(texts[0]) <= VERSE_LINE_CHARS
        and not passage.lines[0].strong
        and not passage.lines[0].item
        and not _ITEM.match(texts[0])
        and not _QUOTED.search(texts[0])
        and not _SPEECH.match(texts[0])
        and " " not in texts[0]
    )


def _is_open_ended(text: str) -> bool:
    return not re.search(r"[。！？!?；;：:]$", text)


def _blocks(passage: Passage, following: Passage | None) -> list[tuple[Block, str]]:
    """The blocks of a passage, each with its text in the source."""
    if passage.grid is not None:
        rows = passage.grid.rows
        text = "\n".join("\t".join(cells) for cells in rows)
        return [(Block(type="table", text=text, rows=rows), passage.grid.text)]
    texts = passage.texts
    filled = [text for text in texts if text]
    if len(filled) == 1:
        line = next(line for line in passage.lines if line.text)
        return [(_single(line, following), line.text)]
    if all(line.item for line in passage.lines if line.text) or (
        len(filled) >= 2 and all(_ITEM.match(text) for text in filled)
    ):
        return [(Block(type="list", text="\n".join(filled)), " ".join(filled))]
    if _is_verse(filled):
        text = re.sub(r"\n{3,}", "\n\n", "\n".join(texts))
        return [(Block(type="verse", text=text), " ".join(filled))]
    lines = [line for line in passage.lines if line.text]
    found = []
    for index, line in enumerate(lines):
        after = Passage(lines=(lines[index + 1],)) if index + 1 < len(lines) else following
        block = _single(line, after)
        found.append((block, line.text))
    return found


def _single(line: Line, following: Passage | None) -> Block:
    text = line.text
    if line.item:
        return Block(type="list", text=text)
    if is_editors_note(text):
        return Block(type="note", text=text)
    if _is_crosshead(line, following):
        return Block(type="crosshead", text=text)
    return Block(type="paragraph", text=text)


def _is_crosshead(line: Line, following: Passage | None) -> bool:
    text = line.text
    if len(text) > CROSSHEAD_CHARS + 8 or following is None:
        return False
    if line.strong:
        return not re.search(r"[。；;，,]$", text)
    if _TERMINAL.search(text) or len(text) > CROSSHEAD_CHARS or _ITEM.fullmatch(text):
        return False
    if line.centred:
        return True
    if following is _ELSEWHERE:
        return True
    leading = following.texts[0] if following.grid is None and following.texts else ""
    return len(leading) >= LONG_PARAGRAPH_CHARS and not re.match(r"[（(]|本报|新华社|记者", text)


def _is_verse(texts: list[str]) -> bool:
    return (
        len(texts) >= 3
        and max(map(len, texts)) <= VERSE_LINE_CHARS
        and not any(_SPEECH.match(text) for text in texts)
        and not all(_SENTENCE_END.search(text) and len(text) > 14 for text in texts)
    )
