"""Names of the shelf's files, and the order that they tell."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from storage.raw.files import begin_file, is_name, name_of, order_of, serial_of, writer_of

MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
WRITERS = st.from_regex(r"[a-z0-9][a-z0-9-]{0,62}", fullmatch=True)


def begun(folder, moment, serial, writer=""):
    file = begin_file(folder, moment, serial, writer)
    file.close()
    return file.name


@given(moment=MOMENTS, serial=st.integers(1, 10**9 - 1), writer=WRITERS | st.just(""))
def test_a_name_tells_what_it_was_made_of(tmp_path_factory, moment, serial, writer):
    name = begun(tmp_path_factory.mktemp("raw"), moment, serial, writer)
    assert is_name(name)
    assert (serial_of(name), writer_of(name)) == (serial, writer)
    assert name.startswith(f"baoku-{moment:%Y%m%d%H%M%S}-")


def test_files_of_one_shelf_go_by_number_whatever_its_clock_said(tmp_path):
    now = datetime(2026, 1, 12, tzinfo=UTC)
    names = [begun(tmp_path, now - timedelta(days=n), n + 1) for n in range(3)]
    assert sorted(names[1:] + names[:1], key=order_of) == names


def test_files_of_several_writers_go_by_time_after_those_of_one(tmp_path):
    now = datetime(2026, 1, 12, tzinfo=UTC)
    names = [
        begun(tmp_path, now + timedelta(days=9), 7),
        begun(tmp_path, now, 2, "b-1"),
        begun(tmp_path, now + timedelta(seconds=1), 1, "a-1"),
        begun(tmp_path, now + timedelta(seconds=1), 1, "b-1"),
        begun(tmp_path, now + timedelta(seconds=1), 2, "a-1"),
    ]
    assert sorted(names[1:] + names[:1], key=order_of) == names


def test_what_no_shelf_wrote_is_no_name():
    for name in (
        "baoku-20260112220000-1.warc.gz",
        "baoku-20260112220000-00001-.warc.gz",
        "baoku-20260112220000-00001-Desk.warc.gz",
        "baoku-20260112220000-00001-desk/../x.warc.gz",
        "baoku-20260112220000-00001-desk.warc.gz.open",
        "MANIFEST.sha256",
    ):
        assert not is_name(name)
        assert (serial_of(name), writer_of(name), order_of(name)) == (0, "", ("", 0, ""))
    assert name_of(type("P", (), {"name": "a.warc.gz.open"})()) == "a.warc.gz"
