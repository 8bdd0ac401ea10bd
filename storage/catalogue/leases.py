"""Leases: which worker a piece of work belongs to, so that one that was thought dead writes nothing.

PostgreSQL only, and all times are its own. Each taking of a lease gives it a new number; who holds
an older one is refused in the very transaction in which it would have written.
"""

from datetime import timedelta
from typing import Final

from sqlalchemy import TextClause, text
from sqlalchemy.orm import Session

from press.errors import LeaseLost
from storage.catalogue.catalogue import Catalogue

_NOW_US: Final = "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint"


def timed(statement: str) -> TextClause:
    """SQL in which {now} is the database's own time, in microseconds since 1970.

    It goes on within a transaction, which may have waited for a lock.
    """
    return text(statement.replace("{now}", _NOW_US))


_TAKE = timed(
    "INSERT INTO leases (name, number, holder, expires_at)"
    " VALUES (:name, 1, :holder, :lasts + {now})"
    " ON CONFLICT (name) DO UPDATE SET number = leases.number + 1, holder = :holder,"
    " expires_at = :lasts + {now}"
    " WHERE leases.expires_at <= {now} OR leases.holder = :holder"
    " RETURNING number"
)
_LEFT_US = timed("SELECT expires_at - {now} FROM leases WHERE name = :name")
_PROVE = timed(
    "UPDATE leases SET expires_at = :lasts + {now} WHERE name = :name AND number = :number"
)
_RELEASE = timed("UPDATE leases SET expires_at = {now} WHERE name = :name AND number = :number")


class Tenure:
    """What one worker holds a lease of: one name at a time, for `lasts_s` since it last said so.

    `holder` names the worker; no other has that name, nor will have it.
    """

    def __init__(self, catalogue: Catalogue, holder: str, lasts_s: float) -> None:
        self._database = catalogue.database
        self._holder = holder
        self._lasts_us = timedelta(seconds=lasts_s) // timedelta(microseconds=1)
        self._held: tuple[str, int] | None = None

    def take(self, name: str) -> float:
        """Takes the lease and gives 0; else the seconds until its holder's time is up."""
        self._held = None
        values = {"name": name, "holder": self._holder, "lasts": self._lasts_us}
        with self._database.touching() as session:
            number = session.execute(_TAKE, values).scalar_one_or_none()
            left_us = None if number else session.execute(_LEFT_US, values).scalar_one()
        if number is None:
            return max(int(left_us or 0), 1000) / 1e6
        self._held = name, int(number)
        return 0.0

    def prove(self, session: Session) -> None:
        """Renews the lease, and keeps it from being taken until that transaction ends.

        Raises LeaseLost where it was taken by another, or nothing is held.
        """
        if self._held is None:
            raise LeaseLost("this worker holds no lease: let it take one first")
        name, number = self._held
        values = {"name": name, "number": number, "lasts": self._lasts_us}
        if session.execute(_PROVE, values).rowcount != 1:  # type: ignore[attr-defined]
            raise LeaseLost(
                f"another worker has taken over {name} while this one gave no sign of life: what "
                "was not yet kept is left to it"
            )

    def release(self) -> None:
        """Gives it up, so that the next need not wait; nothing where it was lost."""
        if self._held is None:
            return
        (name, number), self._held = self._held, None
        with self._database.touching() as session:
            session.execute(_RELEASE, {"name": name, "number": number})
