from datetime import UTC, datetime
from unicodedata import category

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from press.capture import Import

MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
PRINTABLE = st.characters(codec="utf-8").filter(
    lambda c: category(c) not in {"Cc", "Zs", "Zl", "Zp"}
)
URLS = st.text(PRINTABLE, max_size=60).map("http://paper.example/".__add__)
HEADER_VALUES = st.text(
    st.characters(codec="latin-1", exclude_characters="\r\n\0"), max_size=30
).map(str.strip)
HOW = st.fixed_dictionaries(
    {
        "url": URLS,
        "sent_at": MOMENTS,
        "ip_address": st.none() | st.ip_addresses().map(str),
        "status": st.integers(100, 599),
        "coding": st.sampled_from(["identity", "gzip"]),
        "framing": st.sampled_from(["length", "chunked"]),
        "extra": st.lists(st.tuples(st.just("X-Extra"), HEADER_VALUES), max_size=3),
    }
)
BODIES = st.binary(max_size=300) | st.text(max_size=100).map(str.encode)
LAW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@LAW
@given(st.lists(st.tuples(BODIES, HOW), min_size=1, max_size=6))
def test_what_is_appended_is_read_back(tmp_path_factory, new_shelf, make_exchange, items):
    shelf = new_shelf(tmp_path_factory.mktemp("law") / "raw")
    exchanges = [make_exchange(body, **how) for body, how in items]
    captures = [shelf.append(item) for item in exchanges]
    for item, capture in zip(exchanges, captures, strict=True):
        kept = shelf.read(capture.place)
        assert (kept.url, kept.status, kept.body) == (item.url, item.status, item.body)
        assert (kept.headers, kept.captured_at) == (item.headers, item.sent_at)
    assert [capture for capture, _ in shelf.captures()] == captures
    shelf.close()


@LAW
@given(
    st.builds(
        Import,
        url=URLS,
        content_type=st.text(PRINTABLE, min_size=1, max_size=30),
        body=BODIES,
        imported_at=MOMENTS,
    )
)
def test_what_is_imported_is_read_back(tmp_path_factory, new_shelf, item):
    shelf = new_shelf(tmp_path_factory.mktemp("law") / "raw")
    kept = shelf.read(shelf.append(item).place)
    assert (kept.url, kept.content_type, kept.body) == (item.url, item.content_type, item.body)
    assert kept.captured_at == item.imported_at
    shelf.close()


@pytest.fixture(scope="session")
def crash_tools(new_shelf, make_exchange):
    return new_shelf, make_exchange


@LAW
@given(
    st.lists(BODIES, min_size=1, max_size=4),
    st.tuples(st.floats(0, 1), st.binary(max_size=50)),
    st.booleans(),
)
def test_recovery_is_idempotent_wherever_the_file_is_cut(
    tmp_path_factory, crash_tools, bodies, tail, is_committed
):
    folder = tmp_path_factory.mktemp("law") / "raw"
    new_shelf, make_exchange = crash_tools
    share, garbage = tail
    shelf = new_shelf(folder)
    captures = [shelf.append(make_exchange(body)) for body in bodies]
    shelf.close()
    (path,) = folder.iterdir()
    data = path.read_bytes()
    first_end = captures[0].place.offset + captures[0].place.length
    committed = {captures[0].place.file: first_end} if is_committed else {}
    least = first_end if is_committed else 0
    path.write_bytes(data[: least + round(share * (len(data) - least))] + garbage)
    size = path.stat().st_size

    once = new_shelf(folder)
    found = once.recover(committed)
    cut = path.read_bytes()
    once.close()
    twice = new_shelf(folder)
    again = twice.recover(committed)

    assert again.adopted == found.adopted
    assert again.quarantined_bytes == 0
    assert path.read_bytes() == cut == data[: len(cut)]
    assert found.quarantined_bytes == size - len(cut)
    assert list(found.adopted) == captures[is_committed : is_committed + len(found.adopted)]
    later = twice.append(make_exchange(b"later"))
    assert twice.read(later.place).body == b"later"
    twice.close()
