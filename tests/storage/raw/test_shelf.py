import hashlib
import subprocess
import sys
import tracemalloc
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from press.capture import Import
from press.errors import (
    ArchiveHeld,
    CaptureMissing,
    DigestMismatch,
    HomeUnusable,
    UsageError,
)

BODY = "<p>清晨的江面上，渡船一声长鸣。</p>".encode()
IMPORT = Import(
    url="file:///dump/1.txt",
    content_type="text/plain; charset=utf-8",
    body=BODY,
    imported_at=datetime(2026, 2, 1, tzinfo=UTC),
)


@pytest.mark.parametrize("coding", ["identity", "gzip"])
@pytest.mark.parametrize("framing", ["length", "chunked"])
@pytest.mark.parametrize("body", [BODY, b"", BODY * 5000])
def test_an_answer_reads_back_as_it_was_decoded(open_shelf, make_exchange, coding, framing, body):
    shelf = open_shelf()
    item = make_exchange(body, coding=coding, framing=framing)
    capture = shelf.append(item)
    kept = shelf.read(capture.place)
    assert (kept.url, kept.status, kept.headers, kept.body) == (
        item.url,
        item.status,
        item.headers,
        body,
    )
    assert (kept.captured_at, kept.refers_to) == (item.sent_at, None)
    assert kept.content_type == capture.content_type == "text/html; charset=utf-8"
    assert (capture.kind, capture.captured_at) == ("response", item.sent_at)
    assert capture.place.sha256 == hashlib.sha256(body).hexdigest()


def test_an_import_reads_back_as_it_was_handed_in(open_shelf):
    shelf = open_shelf()
    capture = shelf.append(IMPORT)
    kept = shelf.read(capture.place)
    assert (capture.kind, capture.status) == ("resource", 0)
    assert (kept.body, kept.content_type, kept.headers) == (BODY, IMPORT.content_type, ())
    assert kept.captured_at == IMPORT.imported_at


def test_the_wire_bytes_lie_on_the_shelf_as_they_came(open_shelf, make_exchange, tmp_path):
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415

    item = make_exchange(BODY, coding="gzip", framing="chunked")
    open_shelf().append(item)
    (path,) = (tmp_path / "raw").iterdir()
    with path.open("rb") as stream:
        blocks = {
            record.rec_type: (record.raw_stream.read(), record.rec_headers)
            for record in ArchiveIterator(stream, no_record_parse=True)
        }
    assert blocks["response"][0] == item.response_bytes
    assert blocks["request"][0] == item.request_bytes
    response, request = blocks["response"][1], blocks["request"][1]
    assert request["WARC-Concurrent-To"] == response["WARC-Record-ID"]
    assert response["WARC-Date"] == "2026-01-12T22:00:00.001234Z"
    assert response["WARC-IP-Address"] == "127.0.0.1"
    assert b"baoku-test/0" in blocks["warcinfo"][0]


def test_the_same_items_at_the_same_time_give_the_same_bytes(open_shelf, make_exchange, tmp_path):
    for name in ("one", "two"):
        open_shelf(tmp_path / name).append(make_exchange(BODY))
    one, two = (next((tmp_path / name).iterdir()) for name in ("one", "two"))
    assert (one.name, one.read_bytes()) == (two.name, two.read_bytes())


def test_a_revisit_names_the_record_that_holds_the_body(open_shelf, make_exchange):
    shelf = open_shelf()
    first = shelf.append(make_exchange(BODY, framing="chunked"))
    later = make_exchange(BODY, url="http://paper.example/again", coding="gzip")
    again = shelf.append(later, known=first)
    kept = shelf.read(again.place)
    assert (again.kind, again.place.sha256) == ("revisit", first.place.sha256)
    assert (kept.body, kept.headers) == (None, later.headers)
    assert kept.refers_to == (first.url, first.captured_at)
    assert [capture for capture, _ in shelf.captures()] == [first, again]


def test_a_body_whose_earlier_record_is_damaged_is_kept_once_more(
    open_shelf, make_exchange, tmp_path
):
    shelf = open_shelf()
    first = shelf.append(make_exchange(BODY))
    (path,) = (tmp_path / "raw").iterdir()
    data = bytearray(path.read_bytes())
    data[first.place.offset + 40] ^= 1
    path.write_bytes(data)
    again = shelf.append(make_exchange(BODY), known=first)
    assert again.kind == "response"
    assert shelf.read(again.place).body == BODY


def test_another_body_is_never_written_as_a_revisit(open_shelf, make_exchange):
    shelf = open_shelf()
    first = shelf.append(make_exchange(BODY))
    assert shelf.append(make_exchange(BODY + b"!"), known=first).kind == "response"


def test_a_revisit_of_a_revisit_is_refused(open_shelf, make_exchange):
    shelf = open_shelf()
    first = shelf.append(make_exchange(BODY))
    again = shelf.append(make_exchange(BODY), known=first)
    with pytest.raises(UsageError, match="a revisit holds no body"):
        shelf.append(make_exchange(BODY), known=again)


@pytest.mark.parametrize("bad", ["\r\nWARC-Type: request", "\n", "\0", "\x7f", "\x85x", "\ud800"])
def test_a_value_with_control_characters_is_refused_before_anything_is_written(
    open_shelf, make_exchange, tmp_path, bad
):
    shelf = open_shelf()
    items = [
        make_exchange(BODY, url=f"http://paper.example/{bad}x"),
        make_exchange(BODY, ip_address=f"127.0.0.1{bad}x"),
        replace(IMPORT, url=f"file:///{bad}x"),
        replace(IMPORT, content_type=f"text/plain{bad}x"),
    ]
    for item in items:
        with pytest.raises(UsageError):
            shelf.append(item)
    assert not (tmp_path / "raw").exists()


@pytest.mark.parametrize("url", ["", " http://a.example/", "http://a.example/a b"])
def test_an_address_that_would_not_read_back_the_same_is_refused(open_shelf, make_exchange, url):
    with pytest.raises(UsageError):
        open_shelf().append(make_exchange(BODY, url=url))


def test_bytes_that_are_not_the_body_beside_them_are_refused(open_shelf, make_exchange, tmp_path):
    shelf = open_shelf()
    item = make_exchange(BODY, coding="gzip")
    for lie in (
        replace(item, body=BODY + b"."),
        replace(item, status=404),
        replace(item, response_bytes=item.response_bytes[:-1]),
        replace(item, response_bytes=b"SSH-2.0-x\r\n\r\n"),
    ):
        with pytest.raises(UsageError):
            shelf.append(lie)
    assert not (tmp_path / "raw").exists()


def test_a_full_file_is_sealed_listed_and_read_on(open_shelf, make_exchange, tmp_path):
    shelf = open_shelf(seal_bytes=1)
    captures = [shelf.append(make_exchange(BODY + bytes([i]))) for i in range(3)]
    folder = tmp_path / "raw"
    names = [capture.place.file for capture in captures]
    assert names == [f"baoku-20260112220000-0000{n}.warc.gz" for n in (1, 2, 3)]
    assert sorted(path.name for path in folder.iterdir()) == [
        "MANIFEST.sha256",
        *names[:2],
        names[2] + ".open",
    ]
    assert all((folder / name).stat().st_mode & 0o777 == 0o444 for name in names[:2])
    assert (folder / "MANIFEST.sha256").read_text() == "".join(
        f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n"
        for name in names[:2]
    )
    assert [shelf.read(capture.place).body[-1] for capture in captures] == [0, 1, 2]
    assert [capture for capture, _ in shelf.captures()] == captures


def test_a_reopened_shelf_goes_on_with_its_open_file(open_shelf, make_exchange, tmp_path):
    shelf = open_shelf()
    first = shelf.append(make_exchange(BODY))
    shelf.close()
    again = open_shelf()
    end = first.place.offset + first.place.length
    assert again.recover({first.place.file: end}).adopted == ()
    second = again.append(make_exchange(BODY + b"2"))
    assert second.place.file == first.place.file
    assert [capture for capture, _ in again.captures()] == [first, second]
    assert len(list((tmp_path / "raw").iterdir())) == 1


def test_appending_to_an_open_file_without_recovery_is_refused(open_shelf, make_exchange):
    shelf = open_shelf()
    shelf.append(make_exchange(BODY))
    shelf.close()
    with pytest.raises(UsageError, match="recover before"):
        open_shelf().append(make_exchange(BODY))


def test_two_shelves_cannot_write_to_one_folder(open_shelf, make_exchange):
    first, second = open_shelf(), open_shelf()
    capture = first.append(make_exchange(BODY))
    with pytest.raises(ArchiveHeld):
        second.append(make_exchange(BODY))
    with pytest.raises(ArchiveHeld):
        second.recover({})
    assert second.read(capture.place).body == BODY


def test_a_place_that_is_not_there_is_missing(open_shelf, make_exchange):
    shelf = open_shelf()
    place = shelf.append(make_exchange(BODY)).place
    for absent in (
        replace(place, file="baoku-20260112220000-00009.warc.gz"),
        replace(place, file="../raw/" + place.file),
        replace(place, offset=place.offset + 10**6),
        replace(place, length=10**12),
        replace(place, offset=-1),
    ):
        with pytest.raises(CaptureMissing):
            shelf.read(absent)


def test_a_place_must_bound_its_record_exactly(open_shelf, make_exchange):
    shelf = open_shelf()
    place = shelf.append(make_exchange(BODY)).place
    for other in (
        replace(place, length=place.length - 1),
        replace(place, length=place.length + 1),
        replace(place, offset=place.offset + 1, length=place.length - 1),
        replace(place, offset=0, length=place.offset),
        replace(place, sha256="0" * 64),
    ):
        with pytest.raises(DigestMismatch):
            shelf.read(other)


@pytest.mark.parametrize("under", ["", "deeper/still"])
def test_a_folder_that_is_a_file_is_unusable(open_shelf, make_exchange, tmp_path, under):
    (tmp_path / "raw").write_text("not a folder")
    with pytest.raises(HomeUnusable, match="--home"):
        open_shelf(tmp_path / "raw" / under).append(make_exchange(BODY))


def test_a_planted_symbolic_link_is_not_written_through(open_shelf, make_exchange, tmp_path):
    target = tmp_path / "elsewhere"
    target.write_bytes(b"")
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "baoku-20260112220000-00001.warc.gz.open").symlink_to(target)
    with pytest.raises(HomeUnusable):
        open_shelf().recover({})
    assert target.read_bytes() == b""


FILL = """
import os, resource, sys
from pathlib import Path
sys.path[:0] = sys.argv[2:]
from conftest import StillClock, exchange
from press.errors import ArchiveDamaged, HomeUnusable
from storage.raw import Shelf

shelf = Shelf(Path(sys.argv[1]), clock=StillClock(), software="baoku-test/0")
kept = [shelf.append(exchange(b"first"))]
resource.setrlimit(resource.RLIMIT_FSIZE, (3000, resource.RLIM_INFINITY))
try:
    shelf.append(exchange(os.urandom(9000)))
except HomeUnusable as error:
    print("unusable", error)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
for _ in range(2):
    try:
        shelf.append(exchange(b"second"))
    except ArchiveDamaged as error:
        print("refused", error)
    shelf.recover({})  # what the system says it holds is not to be trusted in this process
assert shelf.read(kept[0].place).body == b"first"
"""


def test_after_a_short_write_nothing_is_appended_until_recovery(
    open_shelf, make_exchange, tmp_path, pytestconfig
):
    paths = [str(pytestconfig.rootpath), str(pytestconfig.rootpath / "tests/storage/raw")]
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", FILL, str(tmp_path / "raw"), *paths],
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    assert [line.split()[0] for line in done.stdout.splitlines()] == [
        "unusable",
        "refused",
        "refused",
    ]
    (tail,) = (tmp_path / "raw" / "quarantine").iterdir()
    assert int(tail.name.rpartition(".")[2]) + tail.stat().st_size == 3000  # a short write
    shelf = open_shelf()
    assert len(shelf.recover({}).adopted) == 1
    shelf.append(make_exchange(b"third"))
    assert [kept.body for _, kept in shelf.captures()] == [b"first", b"third"]


def test_however_many_answers_are_read_few_are_held_in_memory(open_shelf, make_exchange):
    shelf = open_shelf()
    size = 128 << 10
    for n in range(60):
        shelf.append(make_exchange(hashlib.shake_256(bytes([n])).digest(size)))
    tracemalloc.start()
    try:
        total = sum(len(kept.body) for _, kept in shelf.captures())
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert total == 60 * size
    assert peak < 10 * size
