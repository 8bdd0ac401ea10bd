"""What `baoku doctor` says of one thing that it looked at."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from press.errors import PressError
from press.outcome import EXIT_ARCHIVED
from press.record import Json

Level: TypeAlias = Literal["ok", "warning", "problem"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """One thing that was looked at; `exit_code` is not 0 only where `level` is "problem"."""

    subject: str
    level: Level
    sentence: str
    exit_code: int = EXIT_ARCHIVED

    def as_json(self) -> dict[str, Json]:
        """One JSON Lines object."""
        return {
            "subject": self.subject,
            "level": self.level,
            "sentence": self.sentence,
            "exit_code": self.exit_code,
        }


def fine(subject: str, sentence: str) -> Diagnosis:
    """Nothing to do."""
    return Diagnosis(subject=subject, level="ok", sentence=sentence)


def warning(subject: str, sentence: str) -> Diagnosis:
    """Something to look at, which stops no run."""
    return Diagnosis(subject=subject, level="warning", sentence=sentence)


def problem(subject: str, error: PressError) -> Diagnosis:
    """What a run would end with, or what makes it worthless."""
    return Diagnosis(
        subject=subject, level="problem", sentence=str(error), exit_code=error.exit_code
    )
