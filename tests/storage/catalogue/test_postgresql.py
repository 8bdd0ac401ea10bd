"""What only a server can do to a catalogue: be elsewhere, be set otherwise, go away in between."""

import subprocess
import sys
import traceback
from contextlib import closing

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, ProgrammingError

from press.errors import ArchiveDamaged, ArchiveHeld, HomeUnusable, TooExpensive
from storage.catalogue import Catalogue, Selection, SharedGate, Tenure
from storage.catalogue.faults import mapped_errors
from storage.catalogue.postgresql import session_keywords
from tests.storage.catalogue.hand import Hand
from tests.storage.samples import PARSER, READ_AT, a_capture, a_ledger_entry, an_article


@pytest.fixture
def server_url(server_databases):
    return server_databases.shared()


@pytest.fixture
def served(server_url):
    with closing(Catalogue.open(server_url)) as opened:
        yield opened


def shown(catalogue, name):
    with catalogue.reading() as reader:
        return reader._session.scalar(text(f"SHOW {name}"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TimeZone", "UTC"),
        ("DateStyle", "ISO, YMD"),
        ("client_encoding", "UTF8"),
        ("application_name", "baoku"),
        ("lock_timeout", "30s"),
        ("transaction_isolation", "repeatable read"),
    ],
)
def test_a_session_is_set_by_us_and_not_by_the_server(served, name, value):
    assert shown(served, name) == value


def test_a_persons_own_options_hold_too(server_url):
    with closing(Catalogue.open(f"{server_url}&options=-c%20work_mem%3D7MB")) as catalogue:
        assert (shown(catalogue, "work_mem"), shown(catalogue, "TimeZone")) == ("7MB", "UTC")


def test_another_program_is_told_the_same_place_and_how_its_session_is_set():
    url = "postgresql+psycopg://me:a%20b@/archive?host=/run/pg&options=-c%20work_mem%3D7MB"
    words = session_keywords(url)
    assert (words["user"], words["password"], words["dbname"]) == ("me", "a b", "archive")
    assert words["host"] == "/run/pg"
    assert words["options"].startswith("-c work_mem=7MB -c TimeZone=UTC -c DateStyle=ISO")


def test_a_reader_sees_one_moment_while_a_writer_goes_on(served):
    with served.reading() as reader:
        before = reader.counts()
        with served.writing() as writer:
            writer.save_article(an_article(), a_capture(), PARSER, READ_AT)
        assert reader.counts() == before
    with served.reading() as reader:
        assert reader.counts().articles == 1


def test_a_reader_does_not_wait_for_a_writer(served):
    with served.writing() as writer:
        writer.save_article(an_article(), a_capture(), PARSER, READ_AT)
        with served.reading() as reader:
            assert reader.counts().articles == 0


def test_a_host_and_a_lease_are_touched_while_a_writer_has_the_turn(served):
    gate = SharedGate(served, Hand(), lasts_s=60)
    tenure = Tenure(served, "one", lasts_s=60)
    with served.writing():
        assert gate.enter("http://paper.example", 3) == 0
        assert tenure.take("http://paper.example") == 0


def test_a_writer_that_is_paused_within_its_transaction_loses_it(served):
    limit = text("SHOW idle_in_transaction_session_timeout")
    with served.database.writing() as session:
        assert session.scalar(limit) == "20s"
    with served.database.touching() as session:
        assert session.scalar(limit) == "20s"
    with served.database.reading() as session:
        assert session.scalar(limit) == "0"


def test_who_may_only_read_cannot_write(server_url):
    with closing(Catalogue.open(server_url, read_only=True)) as catalogue:
        with pytest.raises(HomeUnusable, match="read-only"), catalogue.writing() as writer:
            writer.save_ledger(a_ledger_entry())
        with pytest.raises(HomeUnusable, match="read-only"), catalogue.reading() as reader:
            reader._session.execute(text("INSERT INTO papers VALUES ('xx', 'x')"))


def test_a_role_that_may_select_can_read_and_search(server_url, served):
    with served.writing() as writer:
        writer.save_article(an_article(), a_capture(), PARSER, READ_AT)
    role = "SET SESSION AUTHORIZATION reader_of_tests"
    with served.database.connecting() as connection:
        connection.exec_driver_sql("CREATE ROLE reader_of_tests")
        connection.exec_driver_sql("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader_of_tests")
    try:
        with served.reading() as reader:
            reader._session.execute(text(role))
            assert reader.counts().articles == 1
        with served.searching() as searcher:
            searcher._session.execute(text(role))
            assert len(list(searcher.articles(Selection()))) == 1
        with pytest.raises(HomeUnusable, match="rights of its user"):
            save_entry(served, lambda session: session.execute(text(role)))
    finally:
        served.close()
        with served.database.connecting() as connection:
            connection.exec_driver_sql("DROP OWNED BY reader_of_tests; DROP ROLE reader_of_tests")


def save_entry(catalogue, meanwhile):
    """Saves a state of the ledger, and another one after something has happened in between."""
    with catalogue.writing() as writer:
        writer.save_ledger(a_ledger_entry())
        meanwhile(writer._session)
        writer.save_ledger(a_ledger_entry(page_no=8))


SECRET = "geheim"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        (f"postgresql+psycopg://u:{SECRET}@127.0.0.1:1/d", "check that its server runs"),
        (f"postgresql+psycopg://127.0.0.1:1/d?password={SECRET}&user=u", "server runs"),
        (f"postgresql+psycopg://u:{SECRET}@/d?host=/nowhere", "check that its server runs"),
    ],
)
def test_a_server_that_is_not_there_is_named_without_the_password(url, reason):
    with pytest.raises(HomeUnusable, match=reason) as caught:
        Catalogue.open(url)
    assert "\n" not in str(caught.value)
    assert SECRET not in "".join(traceback.format_exception(caught.value))


def test_a_database_that_is_not_there_is_named(server_url):
    with pytest.raises(HomeUnusable, match=r"none_of_ours.*does not exist"):
        Catalogue.open(server_url.replace("/baoku_test_", "/none_of_ours_"))


STATES = [
    ("55P03", ArchiveHeld),
    ("40001", ArchiveHeld),
    ("40P01", ArchiveHeld),
    ("57014", TooExpensive),
    ("53100", HomeUnusable),
    ("53300", HomeUnusable),
    ("58030", HomeUnusable),
    ("25006", HomeUnusable),
    ("42501", HomeUnusable),
    ("57P01", HomeUnusable),
    ("XX001", ArchiveDamaged),
    ("23505", ArchiveDamaged),
]


@pytest.mark.parametrize(("state", "error"), STATES)
def test_each_of_the_servers_refusals_is_one_of_our_errors(served, state, error):
    raising = f"DO $$ BEGIN RAISE EXCEPTION 'so' USING ERRCODE = '{state}'; END $$"
    with pytest.raises(error), served.database.writing() as session:
        session.execute(text(raising))


def test_our_own_mistakes_are_not_dressed_up(served):
    with pytest.raises(ProgrammingError, match="does not exist"), served.reading() as reader:
        reader._session.execute(text("SELECT * FROM none"))


def test_a_connection_that_was_ended_between_two_transactions_is_not_missed(served):
    with served.reading() as reader:
        number = reader._session.scalar(text("SELECT pg_backend_pid()"))
    with served.database.writing() as session:
        mine = session.scalar(text("SELECT pg_backend_pid()"))
    assert mine == number  # there is one connection, and it is taken again
    end_all_but_one(served)
    with served.reading() as reader:
        assert reader.counts().articles == 0


def end_all_but_one(catalogue):
    """Ends every connection to the database but the one that does it, which is then let go."""
    with closing(Catalogue.open(url_of(catalogue))) as other, other.database.reading() as session:
        session.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid != pg_backend_pid()"
            )
        )


def url_of(catalogue):
    return catalogue.database.engine.url.render_as_string(hide_password=False)


def test_a_connection_that_is_lost_within_a_transaction_undoes_it(served):
    with pytest.raises(HomeUnusable, match="what was not confirmed"):
        save_entry(served, lambda _: end_all_but_one(served))
    with served.reading() as reader:
        assert list(reader.ledger(Selection())) == []


def test_a_lost_connection_of_any_kind_is_mapped():
    lost = DBAPIError("SELECT 1", None, RuntimeError("closed"), connection_invalidated=True)
    with pytest.raises(HomeUnusable, match="cannot be reached"), mapped_errors("d"):
        raise lost


def test_two_programs_that_make_the_tables_at_once_take_turns(server_databases):
    opening = (
        "import sys\nfrom storage.catalogue import Catalogue\nCatalogue.open(sys.argv[1]).close()\n"
    )
    words = [sys.executable, "-c", opening, server_databases.empty()]
    both = [subprocess.Popen(words, stderr=subprocess.PIPE) for _ in range(2)]  # noqa: S603
    assert [one.communicate()[1] for one in both] == [b"", b""]
    assert [one.returncode for one in both] == [0, 0]
