"""WARC files that other tools wrote are read; those that we write, other tools read."""

import gzip
import zlib
from argparse import Namespace
from datetime import UTC, datetime
from io import BytesIO

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from press.capture import Import
from press.errors import ArchiveDamaged, CaptureMissing

BODY = "<p>灯会的队伍沿着江岸慢慢散开。</p>".encode() * 20
URL = "http://other.example/a"


def chunked(data):
    return b"".join(b"%X;x=1\r\n%s\r\n" % (len(p), p) for p in (data[:9], data[9:])) + b"0\r\n\r\n"


def write_file(path, payload, headers=(), *, is_gzip, kind="response", strip=()):
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=is_gzip, warc_version="1.0")
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "other"}))
        http = StatusAndHeaders("200 OK", [("Content-Type", "text/html"), *headers], "HTTP/1.1")
        record = writer.create_warc_record(
            URL,
            kind,
            payload=BytesIO(payload),
            length=len(payload),
            http_headers=http if kind == "response" else None,
            warc_content_type="" if kind == "response" else "text/plain",
        )
        writer.write_record(record)
    if strip:
        lines = path.read_bytes().split(b"\r\n")
        path.write_bytes(b"\r\n".join(li for li in lines if not li.startswith(strip)))
    return path


@pytest.mark.parametrize("is_gzip", [True, False], ids=["gz", "plain"])
@pytest.mark.parametrize(
    ("payload", "headers"),
    [
        (BODY, ()),
        (chunked(BODY), [("Transfer-Encoding", "chunked")]),
        (gzip.compress(BODY, mtime=0), [("Content-Encoding", "gzip")]),
        (
            chunked(gzip.compress(BODY, mtime=0)),
            [("transfer-encoding", "Chunked"), ("content-encoding", "GZIP")],
        ),
        (zlib.compress(BODY), [("Content-Encoding", "deflate")]),
        (zlib.compress(BODY)[2:-4], [("Content-Encoding", "deflate")]),
        (BODY, [("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")]),
    ],
    ids=["plain", "chunked", "gzip", "both", "deflate", "raw deflate", "already decoded"],
)
def test_an_answer_from_another_writer_is_decoded(open_shelf, tmp_path, payload, headers, is_gzip):
    path = tmp_path / ("x.warc.gz" if is_gzip else "x.warc")
    write_file(path, payload, headers, is_gzip=is_gzip)
    ((capture, kept),) = open_shelf().captures(path)
    assert (kept.url, kept.status, kept.body, kept.content_type) == (URL, 200, BODY, "text/html")
    assert (capture.kind, capture.place.file) == ("response", path.name)
    with path.open("rb") as stream:
        records = ArchiveIterator(stream)
        response = [(r.rec_type, records.get_record_offset()) for r in records][1]
    assert response == ("response", capture.place.offset)
    if is_gzip:
        assert capture.place.offset + capture.place.length == path.stat().st_size


def test_missing_digests_are_tolerated(open_shelf, tmp_path):
    strip = (b"WARC-Payload-Digest", b"WARC-Block-Digest")
    path = write_file(tmp_path / "x.warc", BODY, is_gzip=False, strip=strip)
    assert b"Digest" not in path.read_bytes()
    ((_, kept),) = open_shelf().captures(path)
    assert kept.body == BODY


def test_a_resource_from_another_writer_is_read(open_shelf, tmp_path):
    path = write_file(tmp_path / "x.warc", BODY, is_gzip=False, kind="resource")
    ((capture, kept),) = open_shelf().captures(path)
    assert (capture.kind, kept.body, kept.content_type) == ("resource", BODY, "text/plain")


def test_a_revisit_from_another_writer_says_what_it_refers_to(open_shelf, tmp_path):
    path = tmp_path / "x.warc.gz"
    with path.open("wb") as stream:
        writer = WARCWriter(stream)
        record = writer.create_revisit_record(
            URL, "sha1:AAAA", "http://other.example/first", "2020-02-03T04:05:06Z"
        )
        writer.write_record(record)
    ((capture, kept),) = open_shelf().captures(path)
    assert (capture.kind, capture.status, capture.place.sha256) == ("revisit", 0, "")
    when = datetime(2020, 2, 3, 4, 5, 6, tzinfo=UTC)
    assert (kept.body, kept.refers_to) == (None, ("http://other.example/first", when))


@pytest.mark.parametrize(
    ("payload", "headers", "reason"),
    [
        (gzip.compress(BODY, mtime=0)[:-9], [("Content-Encoding", "gzip")], "does not end"),
        (gzip.compress(BODY, mtime=0) + b"x", [("Content-Encoding", "gzip")], "does not end"),
        (chunked(BODY)[:-5], [("Transfer-Encoding", "chunked")], "no end"),
        (chunked(BODY)[:-9], [("Transfer-Encoding", "chunked")], "torn"),
        (BODY, [("Content-Encoding", "br")], '"br"'),
        (gzip.compress(bytes(65 << 20), mtime=0), [("Content-Encoding", "gzip")], "larger than"),
    ],
    ids=["cut gzip", "more than gzip", "no last chunk", "cut chunk", "brotli", "bomb"],
)
def test_an_answer_that_cannot_be_decoded_is_reported(
    open_shelf, tmp_path, payload, headers, reason
):
    path = write_file(tmp_path / "x.warc.gz", payload, headers, is_gzip=True)
    found = []
    assert list(open_shelf().captures(path, report=found.append)) == []
    assert [damage.kind for damage in found] == ["unreadable"]
    assert reason in found[0].reason
    with pytest.raises(ArchiveDamaged):
        list(open_shelf().captures(path))


def test_a_file_gzipped_as_a_whole_is_reported_with_the_remedy(open_shelf, tmp_path):
    plain = write_file(tmp_path / "x.warc", BODY, is_gzip=False)
    path = tmp_path / "whole.warc.gz"
    path.write_bytes(gzip.compress(plain.read_bytes()))
    with pytest.raises(ArchiveDamaged, match="warcio recompress"):
        list(open_shelf().captures(path))


def test_old_forms_of_headers_are_read(open_shelf, tmp_path):
    path = tmp_path / "x.warc"
    block = b"HTTP/1.0 200 OK\nX-Folded: one\n  two\nContent-Type: text/plain\n\nabc"
    path.write_bytes(
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: <http://other.example/caf\xe9>\r\n"
        b"WARC-Date: 2020-02-03T04:05:06.123456789Z\r\nContent-Type:\r\n application/http\r\n"
        b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (len(block), block)
    )
    ((_, kept),) = open_shelf().captures(path)
    assert (kept.url, kept.body) == ("http://other.example/caf\xe9", b"abc")
    assert kept.headers == (("X-Folded", "one two"), ("Content-Type", "text/plain"))
    assert kept.captured_at == datetime(2020, 2, 3, 4, 5, 6, 123456, tzinfo=UTC)


def test_a_torn_file_from_another_writer_is_reported(open_shelf, tmp_path):
    for is_gzip in (True, False):
        path = write_file(tmp_path / f"x{is_gzip}.warc", BODY, is_gzip=is_gzip)
        path.write_bytes(path.read_bytes()[:-2])
        with pytest.raises(ArchiveDamaged):
            list(open_shelf().captures(path))


def test_a_file_that_is_not_there_is_missing(open_shelf, tmp_path):
    with pytest.raises(CaptureMissing, match=r"none\.warc"):
        list(open_shelf().captures(tmp_path / "none.warc"))


@pytest.fixture
def written(open_shelf, make_exchange, tmp_path):
    """A file of the shelf with a record of every kind."""
    shelf = open_shelf()
    for coding in ("identity", "gzip"):
        for framing in ("length", "chunked"):
            for body in (b"", BODY):
                known = shelf.append(make_exchange(body, coding=coding, framing=framing))
    shelf.append(make_exchange(BODY, extra=[("X-Odd", "caf\xe9 \x01")]))
    shelf.append(make_exchange(BODY, url="http://paper.example/版面/七", ip_address=None))
    shelf.append(make_exchange(BODY, framing="chunked"), known=known)
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    for body in (b"", BODY):
        item = Import(url="file:///a", content_type="text/plain", body=body, imported_at=moment)
        shelf.append(item)
    return next((tmp_path / "raw").iterdir())


def test_warcio_checks_every_record_that_we_write(written, capsys):
    checker = Checker(Namespace(inputs=[str(written)], verbose=True))
    assert checker.process_all() == 0
    said = capsys.readouterr().out
    assert said.count("digest pass") == 1 + 2 * 10 + 1 + 2
    assert said.count("not checked (revisit)") == 1
    assert "failed" not in said


def test_gzip_itself_finds_every_member_whole(written):
    assert gzip.decompress(written.read_bytes()).count(b"WARC/1.1\r\n") == 1 + 2 * 11 + 2
