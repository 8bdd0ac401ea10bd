"""The catalogue's tables. Column names are the words of docs/glossary.md.

Every value is what a newspaper or a server said; what we decided about it is in `articles.status`
and `ledger`. Nothing depends on the database's own row ids, so SQLite and PostgreSQL hold the same.
"""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    BigInteger,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from storage.catalogue.columns import KeyText, MaybeJson, UtcDateTime


class Base(DeclarativeBase):
    """What every table shares: names for its constraints, and how Python types are kept."""

    metadata = MetaData(
        naming_convention={  # a migration can only drop what it can name
            "pk": "pk_%(table_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Text(),
        datetime: UtcDateTime(),
        list[Any]: JSON(),
        dict[str, Any]: JSON(),
    }


class PaperRow(Base):
    """A newspaper over time."""

    __tablename__ = "papers"

    slug: Mapped[str] = mapped_column(KeyText, primary_key=True)
    name: Mapped[str]


class IssueRow(Base):
    """What came out on one date."""

    __tablename__ = "issues"

    paper: Mapped[str] = mapped_column(ForeignKey("papers.slug"), primary_key=True)
    issue_date: Mapped[date] = mapped_column(primary_key=True)


class PageRow(Base):
    """One printed side. Known by its index, or only by the articles that name it."""

    __tablename__ = "pages"
    __table_args__ = (
        ForeignKeyConstraint(["paper", "issue_date"], ["issues.paper", "issues.issue_date"]),
        UniqueConstraint("paper", "issue_date", "page_no"),
    )

    id: Mapped[str] = mapped_column(KeyText, primary_key=True)  # press.keys.page_id
    paper: Mapped[str] = mapped_column(KeyText)
    issue_date: Mapped[date]
    page_no: Mapped[str] = mapped_column(KeyText)  # "7" or "A01": some papers letter their sections
    page_order: Mapped[int]  # sorts 2 before 10 and A02 before B01, which text cannot
    page_label: Mapped[str]
    page_name: Mapped[str | None]
    url: Mapped[str | None]
    facsimile_url: Mapped[str | None]
    pdf_url: Mapped[str | None]
    previous_url: Mapped[str | None]
    next_url: Mapped[str | None]
    printed_date: Mapped[date | None]  # what the page itself says; issue_date is what was asked for
    page_links: Mapped[list[Any]]
    capture_id: Mapped[int | None] = mapped_column(  # null until the page's index was read
        ForeignKey("captures.id"), index=True
    )
    read_at: Mapped[datetime | None]


class EntryRow(Base):
    """One line of a page's table of contents."""

    __tablename__ = "entries"

    page_id: Mapped[str] = mapped_column(ForeignKey("pages.id"), primary_key=True)
    order: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    native_id: Mapped[str | None]
    url: Mapped[str | None]
    title: Mapped[str | None]
    listed: Mapped[bool]
    mapped: Mapped[bool]
    zones: Mapped[list[Any]]
    article_id: Mapped[str | None] = mapped_column(  # null until that article is archived
        ForeignKey("articles.id"), index=True
    )


class ArticleRow(Base):
    """A story's identity and where it stands; what it says is in its revisions.

    `order`, `url` and `zones` are here and not in the revisions because they change when a
    neighbour on the page does.
    """

    __tablename__ = "articles"
    __table_args__ = (
        # The natural key. Articles without a native_id are told apart in identity.py.
        UniqueConstraint("page_id", "native_id"),
        Index(None, "page_id", "order", "id"),
    )

    id: Mapped[str] = mapped_column(KeyText, primary_key=True)  # given once, never changed
    page_id: Mapped[str] = mapped_column(ForeignKey("pages.id"))
    native_id: Mapped[str | None]
    order: Mapped[int]
    url: Mapped[str | None]
    zones: Mapped[list[Any]]
    status: Mapped[str] = mapped_column(index=True)
    revision: Mapped[int]  # the current one; no foreign key, or each row would wait for the other
    first_seen_at: Mapped[datetime]
    # A tombstone: since when the page no longer announces it, and the body that shows this.
    withdrawn_at: Mapped[datetime | None]
    withdrawn_evidence: Mapped[str | None]


class RevisionRow(Base):
    """What an article said according to one capture. Rewritten only when the parser changed."""

    __tablename__ = "revisions"

    article_id: Mapped[str] = mapped_column(ForeignKey("articles.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # from 1
    content_hash: Mapped[str]
    page_label: Mapped[str]
    page_name: Mapped[str | None]
    kicker: Mapped[str | None]
    headline: Mapped[str | None]
    deck: Mapped[str | None]
    column: Mapped[str | None]
    byline: Mapped[str | None]
    contributors: Mapped[list[Any]]
    dateline: Mapped[str | None]
    genre: Mapped[str]
    blocks: Mapped[list[Any]]
    # Repeats the blocks, for search and for people with an SQL prompt; records are made without it.
    text: Mapped[str] = mapped_column(deferred=True)
    char_count: Mapped[int]
    author_note: Mapped[str | None]
    page_credits: Mapped[str | None]
    pictures: Mapped[list[Any]]
    continues_to: Mapped[str | None]
    continued_from: Mapped[str | None]
    residue: Mapped[list[Any] | None] = mapped_column(MaybeJson)  # null when none: nearly always
    parser: Mapped[str]
    capture_id: Mapped[int] = mapped_column(ForeignKey("captures.id"), index=True)
    read_at: Mapped[datetime]  # when the parser read the capture, maybe years after it was taken


class AccountRow(Base):
    """Where each character of a revision's source went: as large as the text, and rarely read."""

    __tablename__ = "accounts"
    __table_args__ = (
        ForeignKeyConstraint(
            ["article_id", "number"], ["revisions.article_id", "revisions.number"]
        ),
    )

    article_id: Mapped[str] = mapped_column(KeyText, primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    pieces: Mapped[list[Any]]


class CaptureRow(Base):
    """One record of the shelf."""

    __tablename__ = "captures"
    __table_args__ = (UniqueConstraint("file", "offset"),)

    id: Mapped[int] = mapped_column(
        Integer, primary_key=True
    )  # short, for the columns that cite it
    file: Mapped[str] = mapped_column(KeyText)
    offset: Mapped[int] = mapped_column(BigInteger)
    length: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(index=True)  # of the decoded body, not of the record
    url: Mapped[str] = mapped_column(index=True)
    status: Mapped[int]  # 0 for an import
    content_type: Mapped[str | None]
    kind: Mapped[str]
    captured_at: Mapped[datetime]


class LedgerRow(Base):
    """The state of a page that was due. No foreign keys: it may never have existed."""

    __tablename__ = "ledger"

    paper: Mapped[str] = mapped_column(KeyText, primary_key=True)
    issue_date: Mapped[date] = mapped_column(primary_key=True)
    page_no: Mapped[str] = mapped_column(KeyText, primary_key=True)
    state: Mapped[str] = mapped_column(index=True)
    cause: Mapped[str | None]
    attempts: Mapped[int]
    next_attempt_at: Mapped[datetime | None]
    evidence: Mapped[str | None]  # a body's sha256: the capture may be known before its row is
    updated_at: Mapped[datetime]
    checked_at: Mapped[datetime]


class FindingRow(Base):
    """Something about a page that a person should know. Kept until its end was told too."""

    __tablename__ = "findings"

    paper: Mapped[str] = mapped_column(KeyText, primary_key=True)
    issue_date: Mapped[date] = mapped_column(primary_key=True)
    page_no: Mapped[str] = mapped_column(KeyText, primary_key=True)
    kind: Mapped[str] = mapped_column(KeyText, primary_key=True)
    sentence: Mapped[str]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]


class RunRow(Base):
    """One call of a command that fills the archive; unfinished when it was stopped or killed."""

    __tablename__ = "runs"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    command: Mapped[str]
    asked: Mapped[str] = mapped_column(index=True)
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    exit_code: Mapped[int | None]
    tally: Mapped[dict[str, Any]]


class GateRow(Base):
    """The next free turn at a host."""

    __tablename__ = "host_gates"

    host: Mapped[str] = mapped_column(primary_key=True)
    next_at: Mapped[int] = mapped_column(BigInteger)  # microseconds since 1970: gate.py adds in SQL


class LeaseRow(Base):
    """Which worker a piece of work belongs to; kept for good, so that its number never comes again."""

    __tablename__ = "leases"

    name: Mapped[str] = mapped_column(KeyText, primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger)
    holder: Mapped[str]
    expires_at: Mapped[int] = mapped_column(BigInteger)  # microseconds since 1970, as host_gates


class SearchDocRow(Base):
    """An article in the search index. Follows from the other tables; made anew when it must be.

    No foreign key: what the index holds and the archive does not is for `compare` to find.
    """

    __tablename__ = "search_docs"

    doc: Mapped[int] = mapped_column(  # the day, then a serial within it: storage.search.scope
        BigInteger, primary_key=True, autoincrement=False
    )
    article_id: Mapped[str] = mapped_column(KeyText, unique=True)
    paper: Mapped[str] = mapped_column(KeyText)
    page_order: Mapped[int]
    page_no: Mapped[str] = mapped_column(KeyText)
    order: Mapped[int]
    genre: Mapped[str]
    status: Mapped[str]
    folded: Mapped[str | None] = mapped_column(KeyText)  # only on PostgreSQL, see there


class SearchVersionRow(Base):
    """With which VERSION of the folding the index was made; no row before it was first filled."""

    __tablename__ = "search_version"

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
