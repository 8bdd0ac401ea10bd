"""Invented values of press for property tests.

Texts hold what printed Chinese holds (CJK, full-width marks, characters beyond the basic plane)
and what breaks careless code (quotes, backslashes, newlines, line separators); no NUL and no lone
surrogates, which the cleaning rules remove. Values obey press: an optional text is never empty.
"""

from datetime import UTC, date, datetime
from string import ascii_uppercase
from typing import get_args

from hypothesis import strategies as st

from press.account import Account, Kind, Piece
from press.capture import Capture, Place
from press.model import (
    Article,
    Block,
    BlockType,
    Contributor,
    Entry,
    Genre,
    Page,
    PageLink,
    PageNo,
    Picture,
)
from press.outcome import LedgerEntry, State

CHARACTERS = st.one_of(
    st.sampled_from(
        "重庆日报论丛，。“”《》　（）\n\t\"'\\%_{}\u2028\u2029镕堃㐂𠮷𠀀〇€é\ufeff\u200b"
    ),
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
)
TEXTS = st.text(CHARACTERS, max_size=30)
PRINTED = st.text(CHARACTERS, min_size=1, max_size=12)
MAYBE = st.none() | PRINTED

PAPERS = st.sampled_from(["cqrb", "jxrb", "x1"])
DATES = st.dates(min_value=date(1995, 1, 1), max_value=date(2100, 12, 31))
MOMENTS = st.datetimes(
    min_value=datetime(1995, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
    max_value=datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
PAGE_NOS: st.SearchStrategy[PageNo] = st.one_of(
    st.integers(min_value=1, max_value=9999),
    st.builds(
        "{}{:02d}".format,
        st.text(ascii_uppercase, min_size=1, max_size=3),
        st.integers(min_value=1, max_value=99),
    ),
)
DIGESTS = st.text("0123456789abcdef", min_size=64, max_size=64)
NATIVE_IDS = st.text("0123456789", min_size=4, max_size=8)
URLS = st.builds("http://paper.example/{}/content_{}.html".format, DATES, NATIVE_IDS)

_PIXELS = st.floats(min_value=0, max_value=10_000, allow_nan=False)
ZONES = st.lists(
    st.lists(st.tuples(_PIXELS, _PIXELS), min_size=3, max_size=5).map(tuple), max_size=2
).map(tuple)

_PLAIN_BLOCKS = st.builds(
    Block,
    type=st.sampled_from([name for name in get_args(BlockType) if name != "table"]),
    text=TEXTS,
)
_TABLES = st.lists(st.lists(TEXTS, min_size=1, max_size=3).map(tuple), min_size=1, max_size=3).map(
    lambda rows: Block(
        type="table", text="\n".join("\t".join(row) for row in rows), rows=tuple(rows)
    )
)
BLOCKS = _PLAIN_BLOCKS | _TABLES
ACCOUNTS = st.lists(
    st.builds(Piece, st.sampled_from(get_args(Kind)), PRINTED, PRINTED), max_size=4
).map(lambda pieces: Account(tuple(pieces)))

PLACES = st.builds(
    Place,
    file=st.builds("baoku-{:05d}.warc.gz".format, st.integers(1, 3)),
    offset=st.integers(0, 2**40),
    length=st.integers(1, 2**33),
    sha256=DIGESTS,
)
CAPTURES = st.builds(
    Capture,
    url=URLS,
    status=st.sampled_from([0, 200, 404]),
    content_type=MAYBE,
    captured_at=MOMENTS,
    kind=st.sampled_from(["response", "revisit", "resource"]),
    place=PLACES,
)
LEDGER_ENTRIES = st.builds(
    LedgerEntry,
    paper=PAPERS,
    issue_date=DATES,
    page_no=PAGE_NOS,
    state=st.sampled_from(get_args(State)),
    cause=MAYBE,
    attempts=st.integers(0, 1000),
    next_attempt_at=st.none() | MOMENTS,
    evidence=st.none() | DIGESTS,
    updated_at=MOMENTS,
    checked_at=MOMENTS,
)
ARTICLES = st.builds(
    Article,
    paper=PAPERS,
    paper_name=PRINTED,
    issue_date=DATES,
    page_no=PAGE_NOS,
    page_label=PRINTED,
    page_name=MAYBE,
    order=st.integers(1, 99),
    native_id=st.none() | NATIVE_IDS,
    url=st.none() | URLS,
    kicker=MAYBE,
    headline=MAYBE,
    deck=MAYBE,
    column=MAYBE,
    byline=MAYBE,
    contributors=st.lists(st.builds(Contributor, name=PRINTED, role=PRINTED), max_size=3).map(
        tuple
    ),
    dateline=MAYBE,
    genre=st.sampled_from(get_args(Genre)),
    blocks=st.lists(BLOCKS, max_size=4).map(tuple),
    author_note=MAYBE,
    page_credits=MAYBE,
    pictures=st.lists(
        st.builds(
            Picture,
            order=st.integers(1, 9),
            url=st.none() | URLS,
            caption=MAYBE,
            credit=MAYBE,
        ),
        max_size=3,
    ).map(tuple),
    zones=ZONES,
    continues_to=st.none() | PAGE_NOS,
    continued_from=st.none() | PAGE_NOS,
    account=ACCOUNTS,
)


def _entries(count: int) -> st.SearchStrategy[tuple[Entry, ...]]:
    """So many entries, numbered from 1."""
    return st.tuples(
        *[
            st.builds(
                Entry,
                order=st.just(number),
                native_id=st.none() | NATIVE_IDS,
                url=st.none() | URLS,
                title=MAYBE,
                listed=st.booleans(),
                mapped=st.booleans(),
                zones=ZONES,
            )
            for number in range(1, count + 1)
        ]
    )


PAGES = st.builds(
    Page,
    paper=PAPERS,
    issue_date=DATES,
    page_no=PAGE_NOS,
    page_label=PRINTED,
    page_name=MAYBE,
    url=st.none() | URLS,
    facsimile_url=st.none() | URLS,
    pdf_url=st.none() | URLS,
    previous_url=st.none() | URLS,
    next_url=st.none() | URLS,
    printed_date=st.none() | DATES,
    page_links=st.lists(
        st.builds(
            PageLink,
            page_no=PAGE_NOS,
            page_label=PRINTED,
            page_name=MAYBE,
            url=st.none() | URLS,
            pdf_url=st.none() | URLS,
        ),
        max_size=3,
    ).map(tuple),
    entries=st.integers(0, 3).flatmap(_entries),
)
