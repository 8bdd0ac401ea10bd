"""Two machines that adopt the same records at once."""

from collections.abc import Callable
from contextlib import closing
from threading import Event, Thread

from sqlalchemy import create_engine, text

from storage.catalogue import Catalogue
from tests.storage.samples import a_capture

PATIENCE_S = 20


def test_two_machines_that_enter_the_same_capture_at_once_both_go_on(
    postgresql: Callable[[], str],
) -> None:
    url, capture, is_done = postgresql(), a_capture("one"), Event()
    observer = create_engine(url)

    def enter() -> None:
        with closing(Catalogue.open(url)) as other, other.writing() as writer:
            writer.add_captures([capture])
        is_done.set()

    def is_waited_for() -> bool:
        with observer.connect() as connection:
            waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
            return bool(connection.execute(waiting).scalar_one())

    second = Thread(target=enter)
    with closing(Catalogue.open(url)) as one:
        with one.writing() as writer:
            writer.add_captures([capture])
            second.start()
            while not is_waited_for():
                assert not is_done.wait(0.02)
        assert is_done.wait(PATIENCE_S)
        second.join()
        with one.reading() as reader:
            assert reader.counts().captures == 1
    observer.dispose()
