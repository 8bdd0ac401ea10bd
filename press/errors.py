"""Everything that can go wrong, as one tree.

    PressError
    ├── UsageError                what was asked cannot be done as asked        exit 2
    │   ├── NotInArchive          the archive has nothing of that name          exit 2
    │   └── TooExpensive          it takes longer than a reader may ask for     exit 2
    ├── SettingError              a setting is wrong or missing                 exit 2
    ├── CrawlError                knows paper, date, page and url
    │   ├── FetchError            no usable answer
    │   │   ├── Unreachable       no connection, or it broke                    exit 20
    │   │   ├── Truncated         the answer ended early                        exit 20
    │   │   ├── Refused           a status that is neither a page nor "gone"    exit 20
    │   │   ├── SlowDown          429 or 503; says how long to wait             exit 20
    │   │   ├── OversizedAnswer   a cap on bytes, time or redirects was hit     exit 20
    │   │   ├── RefusedEncoding   a content coding that was not asked for       exit 20
    │   │   ├── ForbiddenAddress  outside the paper's hosts or the public net   exit 20
    │   │   ├── SoftMissing       status 200 that says "not found"              exit 20
    │   │   ├── OtherIssue        the answer is another day's page              exit 20
    │   │   ├── ListedMissing     the issue lists it, its address is gone       exit 20
    │   │   ├── NotOnShelf        no answer of that address is kept             exit 20
    │   │   ├── RobotsForbids     robots.txt says no                            exit 23
    │   │   │   └── RobotsUnreadable  robots.txt could not be read: ask again   exit 20
    │   │   └── ChallengePage     a bot check instead of the page               exit 21
    │   └── ReadError             an answer that cannot be read as expected
    │       ├── LayoutChanged     the marks of the layout are not there         exit 22
    │       └── UnreadableMarkup  too deep, too large or not text               exit 22
    └── StoreError
        ├── HomeUnusable          the home folder cannot be written, or is full exit 30
        │   ├── CatalogueBusy     others read it on all of its connections      exit 30
        │   └── VaultUnusable     the vault does not answer, or refuses         exit 30
        ├── ArchiveDamaged        the shelf or the catalogue is not intact      exit 31
        │   ├── CaptureMissing    no record where the catalogue says
        │   └── DigestMismatch    the record is not what was kept
        └── ArchiveHeld           another run holds the archive                 exit 40
            └── LeaseLost         another worker has taken the work over        exit 40

"No issue that day" and "no such page" are results, not errors: see press.outcome.
A message is one clear sentence that says what to do.
"""

from datetime import date
from typing import ClassVar


class PressError(Exception):
    """The root: catch this to catch everything that Baoku raises on purpose."""

    exit_code: ClassVar[int] = 1


class UsageError(PressError):
    """What was asked cannot be done as asked."""

    exit_code = 2


class NotInArchive(UsageError):
    """The archive has nothing of the name that was given."""


class TooExpensive(UsageError):
    """The answer would take longer than a reader is allowed: ask for less."""


class SettingError(PressError):
    """A setting is wrong, unknown or missing."""

    exit_code = 2


class CrawlError(PressError):
    """Something failed on the way from a paper's site to an article.

    `cause` is the short name that the ledger keeps. The address parts are None where unknown.
    """

    cause: ClassVar[str] = "failed"

    def __init__(
        self,
        message: str,
        *,
        paper: str | None = None,
        issue_date: date | None = None,
        page_no: int | str | None = None,
        url: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.paper = paper
        self.issue_date = issue_date
        self.page_no = page_no
        self.url = url

    def __str__(self) -> str:
        where = [self.paper, self.issue_date and self.issue_date.isoformat()]
        where += [f"page {self.page_no}" if self.page_no is not None else None, self.url]
        address = ", ".join(part for part in where if part)
        return f"{self.message} ({address})" if address else self.message

    def __reduce__(self) -> tuple[object, ...]:
        """So that another process gets it whole, whatever its constructor asks for."""
        return _made_again, (type(self), self.args, self.__dict__)

    def at(self, *, paper: str, issue_date: date, page_no: int | str | None = None) -> "CrawlError":
        """This error, its missing address parts filled in."""
        self.paper = self.paper or paper
        self.issue_date = self.issue_date or issue_date
        self.page_no = self.page_no if self.page_no is not None else page_no
        return self


class FetchError(CrawlError):
    """No usable answer came."""

    exit_code = 20
    cause = "fetch_failed"


class Unreachable(FetchError):
    """No connection could be made, or it broke before the answer was whole."""

    cause = "unreachable"


class Truncated(FetchError):
    """The answer ended before the server said it would."""

    cause = "truncated"


class Refused(FetchError):
    """The server answered with a status that is neither a page nor "gone"."""

    cause = "refused"

    def __init__(
        self,
        message: str,
        *,
        status: int,
        paper: str | None = None,
        issue_date: date | None = None,
        page_no: int | str | None = None,
        url: str | None = None,
    ) -> None:
        super().__init__(message, paper=paper, issue_date=issue_date, page_no=page_no, url=url)
        self.status = status


class SlowDown(FetchError):
    """The server asks for a pause (429, 503); `wait_s` is None when it does not say how long."""

    cause = "slow_down"

    def __init__(
        self,
        message: str,
        *,
        wait_s: float | None,
        paper: str | None = None,
        issue_date: date | None = None,
        page_no: int | str | None = None,
        url: str | None = None,
    ) -> None:
        super().__init__(message, paper=paper, issue_date=issue_date, page_no=page_no, url=url)
        self.wait_s = wait_s


class OversizedAnswer(FetchError):
    """A cap was hit: bytes on the wire, bytes inflated, time, headers or redirects."""

    cause = "oversized"


class RefusedEncoding(FetchError):
    """The body came in a content coding that was not asked for, so its size cannot be bounded."""

    cause = "encoding"


class ForbiddenAddress(FetchError):
    """The address is outside the paper's hosts, or not on the public network."""

    cause = "forbidden_address"


class SoftMissing(FetchError):
    """A page with status 200 that says "not found": no evidence of anything, so ask again."""

    cause = "soft_404"


class OtherIssue(FetchError):
    """The answer is a page of another issue: this one may not be up yet."""

    cause = "other_issue"


class ListedMissing(FetchError):
    """The issue announces this page or article, but its address answers that it is gone."""

    cause = "listed_but_missing"


class NotOnShelf(FetchError):
    """Nothing is kept of this address, or nothing from the time that was asked for."""

    cause = "not_on_shelf"


class RobotsForbids(FetchError):
    """robots.txt forbids this address."""

    exit_code = 23
    cause = "robots"


class RobotsUnreadable(RobotsForbids):
    """robots.txt could not be read; until it can, nothing is allowed (RFC 9309, 2.3.1.4)."""

    exit_code = 20
    cause = "robots_unreadable"


class ChallengePage(FetchError):
    """A bot check came instead of the page. It is never bypassed."""

    exit_code = 21
    cause = "challenge"


class ReadError(CrawlError):
    """An answer came that cannot be read as a page of this paper."""

    exit_code = 22
    cause = "unreadable"


class LayoutChanged(ReadError):
    """The marks by which the layout is known are not on the page."""

    cause = "layout_changed"


class UnreadableMarkup(ReadError):
    """Markup too deep or too large to be read without losing text, or bytes that are no text."""

    cause = "unreadable_markup"


class StoreError(PressError):
    """Keeping or finding failed."""

    exit_code = 31


class HomeUnusable(StoreError):
    """The home folder cannot be used: not writable, or no space left."""

    exit_code = 30


class CatalogueBusy(HomeUnusable):
    """Every connection to the catalogue that this process may have is in use."""


class VaultUnusable(HomeUnusable):
    """The vault, which holds what the home folder does not, cannot be used now."""


class ArchiveDamaged(StoreError):
    """The shelf or the catalogue is not what it was."""

    exit_code = 31


class CaptureMissing(ArchiveDamaged):
    """There is no record where the catalogue says that one lies."""


class DigestMismatch(ArchiveDamaged):
    """The record's bytes are not those that were kept."""


class ArchiveHeld(StoreError):
    """Another run holds the archive."""

    exit_code = 40


class LeaseLost(ArchiveHeld):
    """Another worker has taken over what this one was at: it must write nothing more of it."""


def all_errors(root: type[CrawlError]) -> tuple[type[CrawlError], ...]:
    """The class and all below it, each before those below it."""
    below = [all_errors(child) for child in root.__subclasses__()]
    return (root, *(error for errors in below for error in errors))


def _made_again(
    kind: type[CrawlError], args: tuple[object, ...], state: dict[str, object]
) -> CrawlError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(state)
    return error
