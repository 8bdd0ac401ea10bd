"""Archives to audit: filled from the replica in every way there is, then damaged in one."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from crawler.papers import known_papers
from pipeline.audit import Audit, Breach, Look, Rounds, Thoroughness
from pipeline.audit.shelf import compare_file
from pipeline.importing import Intake
from press.errors import Unreachable
from press.keys import PageKey
from replica.scenario import Fault, Scenario
from storage.catalogue import Catalogue, Fixity
from storage.raw.fixity import Inspection
from tests.pipeline.conftest import Desk
from tests.pipeline.dumps import DUMP

ABSENT, WITHDRAWN, PLAIN, NO_ISSUE, CHANGED = (date(2026, 1, day) for day in range(6, 11))
"""The days of the whole archive: no page 7, an article taken down, nothing odd, no issue, and an
article that changed; page 7 is kept of the second, third and fifth."""

NOW = datetime(2026, 1, 13, 12, tzinfo=UTC)
SCENARIO = Scenario(
    name="audited",
    faults={
        ABSENT: Fault("page_absent"),
        WITHDRAWN: Fault("withdrawn_article"),
        NO_ISSUE: Fault("no_issue"),
        (CHANGED, 7): Fault("changing_article"),
    },
)


class Audited:
    """An archive's folder, what an audit says of it, and ways to harm it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.raw = folder / "raw"
        self.looks: list[Look] = []
        self.now = NOW

    @contextmanager
    def fixity(self) -> Iterator[Fixity]:
        """The catalogue as an audit reads it."""
        url = f"sqlite:///{self.folder / 'catalogue.sqlite3'}"
        with (
            closing(Catalogue.open(url, read_only=True)) as catalogue,
            TemporaryDirectory() as folder,
            catalogue.standing_still(Path(folder)) as fixity,
        ):
            yield fixity

    def audit(self, **how: Any) -> tuple[list[Breach], Audit]:
        """Every breach, and the counts."""
        papers, now = how.pop("papers", known_papers()), how.pop("now", NOW)
        with self.fixity() as fixity:
            rounds = Rounds(
                fixity=fixity,
                shelf=Inspection(self.raw),
                papers=papers,
                now=now,
                thoroughness=Thoroughness(pick=Random(7), **how),  # noqa: S311 - no secret
                watch=self.looks.append,
            )
            return list(rounds.breaches()), rounds.audit

    def breaches(self, **how: Any) -> list[Breach]:
        return self.audit(**how)[0]

    def breaches_of_file(self, name: str) -> list[Breach]:
        """What the rows and the records of one file say against each other."""
        inspection = Inspection(self.raw)
        (file,) = (one for one in inspection.files() if one.name == name)
        with self.fixity() as fixity:
            found = inspection.answers(name, lambda _: None)
            compared = compare_file(file, fixity.captures(name), found, ahead_from=None)
            return [one for one in compared if isinstance(one, Breach)]

    def sql(self, *statements: str) -> None:
        """Runs statements as a careless person would: no key is enforced, each hits a row."""
        with closing(sqlite3.connect(self.folder / "catalogue.sqlite3")) as connection:
            for statement in statements:
                assert connection.execute(statement).rowcount != 0, statement
            connection.commit()

    def set(self, table: str, article_id: str, **columns: Any) -> None:
        """Sets columns of the article's rows in a table."""
        names = ", ".join(f"{name} = ?" for name in columns)
        with closing(sqlite3.connect(self.folder / "catalogue.sqlite3")) as connection:
            statement = f"UPDATE {table} SET {names} WHERE article_id = ?"
            assert connection.execute(statement, (*columns.values(), article_id)).rowcount == 1
            connection.commit()

    def ask(self, question: str) -> Any:
        """The first column of the first row."""
        with closing(sqlite3.connect(self.folder / "catalogue.sqlite3")) as connection:
            return connection.execute(question).fetchone()[0]

    def files(self) -> list[Path]:
        """The WARC files in the order of writing, the open one last."""
        return sorted(self.raw.glob("baoku-*"), key=lambda path: path.name[21:26])

    def write(self, path: Path, data: bytes) -> None:
        """Makes a file hold these bytes, sealed or not."""
        path.chmod(0o644)
        path.write_bytes(data)

    def flip(self, file: str, bit: int) -> None:
        """Flips one bit of a WARC file."""
        (path,) = self.raw.glob(f"{file}*")
        data = bytearray(path.read_bytes())
        data[bit // 8] ^= 1 << bit % 8
        self.write(path, bytes(data))


def fill(folder: Path) -> None:
    """An archive with everything that is in order: see the days above, and a dump."""
    desk = Desk(folder, SCENARIO)
    desk.shelf._seal_bytes = 25_000
    for day in (ABSENT, WITHDRAWN, PLAIN, NO_ISSUE, CHANGED, CHANGED, WITHDRAWN):
        desk.archive(day)
    with desk.catalogue.reading() as reader:
        gone = reader.withdrawn_articles(PageKey("cqrb", WITHDRAWN, 7))
    (folder / "dump.txt").write_text(
        DUMP.replace("2026 年 01 月 10 日", "2025 年 12 月 20 日"), encoding="utf-8"
    )
    intake = Intake(
        papers=known_papers(),
        keeper=desk.keeper,
        shelf=desk.shelf,
        catalogue=desk.catalogue,
        clock=desk.clock,
    )
    (result,) = intake.take([folder / "dump.txt"])
    desk.close()
    assert (len(gone), result.exit_code) == (1, 0)


@pytest.fixture(scope="session")
def whole_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole")
    fill(folder)
    return folder


@pytest.fixture
def whole(whole_folder: Path, tmp_path: Path) -> Audited:
    """A copy of the archive in which all is in order, to be harmed."""
    return Audited(shutil.copytree(whole_folder, tmp_path / "home"))


@pytest.fixture
def audited() -> Callable[[Desk], Audited]:
    """The archive of a desk, to be audited while the desk is at work."""

    def look(desk: Desk) -> Audited:
        return Audited(desk.folder)

    return look


@pytest.fixture
def unreachable(new_desk: Callable[..., Desk]) -> Audited:
    """An archive of one page that never came."""
    desk = new_desk()
    desk.source.spoils["node.htm"] = Unreachable("no connection")
    desk.archive(PLAIN)
    desk.close()
    return Audited(desk.folder)
