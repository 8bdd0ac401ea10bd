"""The catalogue as its users hold it: opened once, then read or written in transactions."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy.orm import Session

from press.errors import StoreError
from storage.catalogue.engine import Database
from storage.catalogue.fixity import Fixity
from storage.catalogue.reader import Reader
from storage.catalogue.schema import check, migrate
from storage.catalogue.searcher import Searcher
from storage.catalogue.watch import Moment, Watch
from storage.catalogue.writer import Writer


class Catalogue:
    """What the archive knows, in SQLite or PostgreSQL. Threads may share it.

    Inside `reading` and `writing` a database's trouble is raised as ArchiveHeld (another run
    writes), HomeUnusable (no space, not writable, not there) or ArchiveDamaged.
    """

    def __init__(
        self, database: Database, prove: Callable[[Session], None] = lambda _: None
    ) -> None:
        self.database = database
        self._prove = prove
        self._watch = Watch(database)

    @classmethod
    def open(
        cls, url: str, *, read_only: bool = False, budget_s: float | None = None
    ) -> "Catalogue":
        """The catalogue at `sqlite:///PATH` or `postgresql+psycopg://USER@HOST/NAME`.

        Makes or updates its tables, unless `read_only`: then they must be there. With a
        budget, reading raises TooExpensive after that many seconds. Raises
        SettingError for another address, HomeUnusable, ArchiveDamaged, ArchiveHeld.
        """
        database = Database(url, read_only=read_only, budget_s=budget_s)
        try:
            (check if read_only else migrate)(database)
        except StoreError:
            database.close()
            raise
        return cls(database)

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """The archive at one moment. A writer on SQLite's rollback journal waits for its end."""
        with self.database.reading() as session:
            yield Reader(session)

    @contextmanager
    def searching(self) -> Iterator[Searcher]:
        """As `reading`, to search in."""
        with self.database.reading() as session:
            yield Searcher(session)

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """One transaction: committed when the block ends, undone whole when an error leaves it."""
        with self.database.writing() as session:
            self._prove(session)
            writer = Writer(session)
            yield writer
            writer.settle()

    @contextmanager
    def standing_still(self, folder: Path) -> Iterator[Fixity]:
        """The archive at one moment, to be read for hours without a writer having to wait.

        An SQLite catalogue is copied into `folder`, which must have room for it, and the copy is
        read and deleted; of PostgreSQL it is one transaction.
        """
        if not self.database.is_sqlite:
            with self.database.reading() as session:
                yield Fixity(session)
            return
        with TemporaryDirectory(prefix="baoku-", dir=folder) as name:
            path = Path(name) / "catalogue.sqlite3"
            self.database.copy_to(path)
            copy = Database(f"sqlite:///{path}", read_only=True)
            copy.name = self.database.name  # what is wrong with the one is wrong with the other
            with closing(copy), copy.reading() as session:
                yield Fixity(session)

    def guarded(self, prove: Callable[[Session], None]) -> "Catalogue":
        """The same, for a writer who may be replaced: `prove` begins each writing, and may refuse.

        What it raises undoes the transaction before anything is written in it.
        """
        return Catalogue(self.database, prove)

    def moment(self) -> Moment:
        """Equal at two calls only where nothing was committed in between. Raises as `reading`."""
        return self._watch.moment()

    def check(self) -> None:
        """Returns when its tables are still those of this program; raises as `open` does."""
        check(self.database)

    def close(self) -> None:
        """Lets go of the database."""
        self._watch.close()
        self.database.close()
