"""What an audit finds, and how it ends."""

from dataclasses import asdict, dataclass
from typing import Literal

from press.errors import ArchiveDamaged, FetchError
from press.outcome import EXIT_ARCHIVED
from press.record import Json

BreachKind = Literal["damage", "gap"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """A promise of docs/architecture.md that the archive does not keep.

    "damage" is something that was kept and is no longer so, or rows that contradict each other;
    "gap" is something that is still to be fetched. `subject` is an id, a file with its offset, or
    a row; `sentence` says what is wrong with it and what to do.
    """

    promise: int
    subject: str
    sentence: str
    kind: BreachKind = "damage"

    def as_json(self) -> dict[str, Json]:
        """One JSON Lines object."""
        return {
            "promise": self.promise,
            "kind": self.kind,
            "subject": self.subject,
            "sentence": self.sentence,
        }


@dataclass(slots=True, kw_only=True)
class Audit:
    """How much was looked at, and what came of it; it grows while the audit goes on.

    `reread` counts the articles that were read again from their captures, `reparsed` those of
    them that today's parser, or today's index of their page, reads otherwise: no breach.
    `unknown` counts answers at the end of the shelf that the catalogue does not know yet,
    `unread` the articles whose body is damaged. `quarantined` counts the tails that were cut off.
    """

    pages: int = 0
    articles: int = 0
    captures: int = 0
    files: int = 0
    reread: int = 0
    reparsed: int = 0
    unread: int = 0
    unknown: int = 0
    quarantined: int = 0
    others: int = 0
    damage: int = 0
    gaps: int = 0

    def count(self, breach: Breach) -> None:
        """Takes a breach into the account."""
        if breach.kind == "damage":
            self.damage += 1
        else:
            self.gaps += 1

    @property
    def exit_code(self) -> int:
        """31 for any damage; else 20 while something is still to be fetched; else 0."""
        if self.damage:
            return ArchiveDamaged.exit_code
        return FetchError.exit_code if self.gaps else EXIT_ARCHIVED

    def as_json(self) -> dict[str, Json]:
        """One JSON Lines object."""
        return {**asdict(self), "exit_code": self.exit_code}
