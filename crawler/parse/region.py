"""What of a region around an article's body is the article's, and what is chrome."""

from dataclasses import dataclass
from datetime import date

from lxml.html import HtmlElement

from crawler.parse.byline import is_byline, is_signature
from crawler.parse.chrome import chrome_rule, is_footer, is_nameplate, is_prose
from crawler.parse.claims import Claims
from crawler.parse.frame import Frame
from crawler.parse.lines import Image, Line, Token, Unseen
from crawler.parse.marks import is_author_note, is_page_credits, split_jump_to
from crawler.parse.pictures import is_published
from crawler.parse.surroundings import drop_line


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of the page around a story; `issue_date` is the address's, None without."""

    base_url: str
    issue_date: date | None


def _rules(tokens: list[Token], frame: Frame, issue_date: date | None) -> dict[int, str | None]:
    """For each line the rule that drops it as chrome: by itself, its cell, or its row.

    In the headline's own cell only lines that are chrome by themselves are. A row is judged
    whole unless it holds the body or the headline: a toolbar may have words that nobody listed.
    """
    cell = frame.headline_cell
    lines = [t for t in tokens if isinstance(t, Line) and t.text and not t.is_in(frame.headline)]
    groups: dict[int, list[str]] = {}
    for line in lines:
        groups.setdefault(line.group, []).append(line.text)
    whole = {group: chrome_rule(" ".join(texts)) for group, texts in groups.items()}
    rules = {
        id(line): chrome_rule(line.text, issue_date if is_nameplate(line.text) else None)
        if line.is_in(cell)
        else chrome_rule(line.text, issue_date)
        or whole[line.group]
        or ("link" if line.linked else None)
        for line in lines
    }
    apart = set(frame.body.iterancestors())
    if frame.headline is not None:
        apart |= set(frame.headline.iterancestors())
    rows = {id(line): None if line.is_in(cell) else _row_of(line, apart) for line in lines}
    bars = {rows[id(line)] for line in lines if rules[id(line)]} - {None}
    return {key: rule or ("toolbar" if rows[key] in bars else None) for key, rule in rules.items()}


def _row_of(line: Line, apart: set[HtmlElement]) -> HtmlElement | None:
    row = next((e for e in (line.block, *line.block.iterancestors()) if e.tag == "tr"), None)
    return None if row in apart else row


def drop_toolbar(before: list[Token], frame: Frame, page: Around, claims: Claims) -> list[Token]:
    """The tokens of the headline block: what follows the last toolbar above the headline.

    Toolbar lines below the headline go too; what stands above the last one is masthead.
    """
    rules = _rules(before, frame, page.issue_date)
    own = next(
        (n for n, t in enumerate(before) if isinstance(t, Line) and t.is_in(frame.headline)),
        len(before),
    )
    start = max((n + 1 for n, t in enumerate(before[:own]) if rules.get(id(t))), default=0)
    strayed = _prose_groups(before, frame)
    kept: list[Token] = []
    for number, token in enumerate(before):
        if isinstance(token, Unseen):
            claims.drop(token.rule, token.text, token.place)
        elif isinstance(token, Line) and token.group in strayed and number < own:
            claims.leave("outside the article", token.text, token.place)
        elif isinstance(token, Line) and _is_signed(token, is_below=number > own):
            kept.append(token)  # a byline that shares its row with a tool
        elif isinstance(token, Line) and token.text and (number < start or rules.get(id(token))):
            drop_line(token, rules.get(id(token)) or "masthead", claims)
        elif number >= start and not _is_decoration(token, page.base_url):
            kept.append(token)
    return kept


def drop_tail(after: list[Token], frame: Frame, page: Around, claims: Claims) -> list[Token]:
    """What follows the body element and is still the story's: up to the first toolbar or footer."""
    rules = _rules(after, frame, page.issue_date)
    strayed = _prose_groups(after, frame)
    tail: list[Token] = []
    ended = False
    for token in after:
        if isinstance(token, Unseen):
            claims.drop(token.rule, token.text, token.place)
        elif isinstance(token, Line) and ended and token.group in strayed:
            claims.leave("outside the article", token.text, token.place)
        elif isinstance(token, Line) and token.text:
            rule = rules.get(id(token)) or (
                "footer" if is_footer(token.text, indented=token.indented) else None
            )
            ended = ended or rule in ("toolbar", "footer")
            if ended or rule is not None:
                drop_line(token, rule or "footer", claims)
            elif _belongs(token, frame):
                tail.append(token)
            else:
                claims.leave("after the body", token.text, token.place)
        elif not ended and not _is_decoration(token, page.base_url):
            tail.append(token)
    return tail


def _prose_groups(tokens: list[Token], frame: Frame) -> set[int]:
    """The groups whose lines together are prose, as a paragraph cut into spans is.

    The headline's own cell and tables of pictures are left out: their sentences are their own.
    """
    cell, apart = frame.headline_cell, set(frame.body.iterancestors())
    groups: dict[int, list[Line]] = {}
    for token in tokens:
        is_own = isinstance(token, Line) and (
            token.linked or token.is_in(cell) or _is_of_pictures(token.table, apart)
        )
        if isinstance(token, Line) and token.text and not is_own:
            groups.setdefault(token.group, []).append(token)
    return {
        group
        for group, lines in groups.items()
        if is_prose("".join(line.text for line in lines), indented=lines[0].indented)
    }


def _is_of_pictures(table: HtmlElement | None, apart: set[HtmlElement]) -> bool:
    return table is not None and table not in apart and table.find(".//img") is not None


def _is_signed(line: Line, *, is_below: bool) -> bool:
    """True for a byline: by its words anywhere, and where it is linked below the headline."""
    if is_below and line.linked and chrome_rule(line.text) is None:
        return is_byline(line.text)
    return (is_below or line.block.tag == "td") and is_signature(line.text)


def _is_decoration(token: Token, base_url: str) -> bool:
    return isinstance(token, Image) and not is_published(token, base_url)


def _belongs(line: Line, frame: Frame) -> bool:
    text = line.text
    return (
        line.indented
        or line.block.tag == "p"
        or is_prose(text, indented=False)
        or is_author_note(text)
        or is_page_credits(text)
        or split_jump_to(text)[2] is not None
        or _is_of_pictures(line.table, set(frame.body.iterancestors()))
    )
