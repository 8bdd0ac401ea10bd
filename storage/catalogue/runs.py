"""The runs' rows: what was asked of the archive, and how it ended."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Select, case, func, insert, select
from sqlalchemy.orm import Session

from press.run import SUCCESSES, History, Run
from storage.catalogue.columns import UtcDateTime
from storage.catalogue.models import RunRow


def begin(session: Session, command: str, asked: str, now: datetime) -> Run:
    """Enters a run that has just begun."""
    columns = {"command": command, "asked": asked, "started_at": now, "tally": {}}
    run_id = session.scalars(insert(RunRow).returning(RunRow.id), [columns]).one()
    return Run(
        id=run_id,
        command=command,
        asked=asked,
        started_at=now,
        finished_at=None,
        exit_code=None,
        tally={},
    )


def finish(
    session: Session, run_id: int, exit_code: int, tally: Mapping[str, int], now: datetime
) -> None:
    """Says how the run ended."""
    row = session.get_one(RunRow, run_id)
    row.finished_at, row.exit_code, row.tally = now, exit_code, dict(tally)


def unfinished(session: Session, command: str, asked: str) -> Run | None:
    """The newest run of that task if it was stopped before its end; None when it was not."""
    newest = _newest().where(RunRow.command == command, RunRow.asked == asked)
    row = session.scalar(newest)
    return None if row is None or row.finished_at is not None else _run(row)


def last(session: Session, command: str | None = None) -> Run | None:
    """The newest run, or the newest of a command; None when there was none."""
    newest = _newest()
    row = session.scalar(newest if command is None else newest.where(RunRow.command == command))
    return None if row is None else _run(row)


def histories(session: Session) -> tuple[History, ...]:
    """The runs of each command, by its name; empty when there were none."""
    success = case((RunRow.exit_code.in_(SUCCESSES), RunRow.finished_at))
    grouped = select(
        RunRow.command, func.count(), func.max(RunRow.id), func.max(success, type_=UtcDateTime())
    ).group_by(RunRow.command)
    return tuple(
        History(
            command=command,
            count=count,
            last=_run(session.get_one(RunRow, newest_id)),
            succeeded_at=succeeded_at,
        )
        for command, count, newest_id, succeeded_at in sorted(
            session.execute(grouped), key=lambda row: str(row[0])
        )
    )


def _newest() -> Select[RunRow]:
    return select(RunRow).order_by(RunRow.id.desc()).limit(1)


def _run(row: RunRow) -> Run:
    return Run(
        id=row.id,
        command=row.command,
        asked=row.asked,
        started_at=row.started_at,
        finished_at=row.finished_at,
        exit_code=row.exit_code,
        tally=row.tally,
    )
