import gzip
import random
import subprocess
import sys
import zlib

import pytest

from press.errors import ArchiveDamaged, DigestMismatch
from storage.raw.compose import Draft, members_of
from storage.raw.record import MAX_BLOCK_BYTES, Record
from storage.raw.scan import Damage, scan

BODY = "<p>雨后的梯坎泛着微光，猫从檐下走过。</p>".encode()


@pytest.fixture
def shelved(open_shelf, make_exchange, tmp_path):
    """A shelf, its file and three captures in it."""
    shelf = open_shelf()
    captures = [shelf.append(make_exchange(BODY + bytes([i]))) for i in range(3)]
    return shelf, next((tmp_path / "raw").iterdir()), captures


def flip(path, bit):
    with path.open("r+b", buffering=0) as stream:
        stream.seek(bit // 8)
        (byte,) = stream.read(1)
        stream.seek(bit // 8)
        stream.write(bytes([byte ^ 1 << bit % 8]))


def test_every_flipped_bit_is_found_or_changes_nothing(shelved):
    shelf, path, captures = shelved
    place = captures[1].place
    whole = shelf.read(place)
    unnoticed = []
    for bit in range(8 * place.offset, 8 * (place.offset + place.length)):
        flip(path, bit)
        try:
            assert shelf.read(place) == whole
            unnoticed.append(bit // 8 - place.offset)
        except DigestMismatch:
            pass
        flip(path, bit)
    # The gzip header's time, level and system, a flag, and the padding before the checksum: only
    # the manifest's digest of the whole file sees those.
    assert {byte for byte in unnoticed if byte > 9} <= {place.length - 9}
    assert len(unnoticed) <= 6 * 8 + 1 + 7


def test_damage_is_reported_and_the_records_after_it_are_still_read(shelved):
    shelf, path, captures = shelved
    place = captures[1].place
    flip(path, 8 * (place.offset + place.length // 2))
    found = []
    assert [capture for capture, _ in shelf.captures(report=found.append)] == [
        captures[0],
        captures[2],
    ]
    ((kind, offset, length),) = [(d.kind, d.offset, d.length) for d in found]
    assert (kind, offset) == ("torn", place.offset)
    assert length == place.length  # up to the request, which names itself
    with pytest.raises(ArchiveDamaged, match=f"{place.file} at {place.offset}"):
        list(shelf.captures())


def test_a_record_inside_a_damaged_body_is_not_taken_for_one_of_the_shelf(
    open_shelf, make_exchange, tmp_path
):
    forged = members_of(
        [
            Draft(
                kind="resource",
                date="2026-01-12T22:00:00.001234Z",
                headers=(("WARC-Target-URI", "http://paper.example/forged"),),
                block=b"forged",
            )
        ],
        file="baoku-20260112220000-00001.warc.gz",
        offset=4321,
    )[0]
    # Bytes that do not compress are stored as they are, so that the forged member lies in plain.
    noise = random.Random(7).randbytes(50_000)  # noqa: S311
    shelf = open_shelf()
    place = shelf.append(make_exchange(noise + forged + noise)).place
    last = shelf.append(make_exchange(BODY))
    path = next((tmp_path / "raw").iterdir())
    assert forged in path.read_bytes()
    flip(path, 8 * (place.offset + 30))
    found = []
    assert [c for c, _ in shelf.captures(report=found.append)] == [last]
    assert len(found) == 1


def test_a_block_above_the_cap_is_checked_but_not_loaded(tmp_path):
    size = MAX_BLOCK_BYTES + 1
    head = (
        "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: http://a.example/\r\n"
        f"WARC-Date: 2026-01-01T00:00:00Z\r\nContent-Length: {size}\r\n\r\n"
    ).encode()
    path = tmp_path / "big.warc.gz"
    path.write_bytes(gzip.compress(head + bytes(size) + b"\r\n\r\n", compresslevel=1))
    with path.open("rb") as stream:
        (record,) = scan(stream, path.name)
    assert isinstance(record, Record)
    assert (record.block, record.length) == (None, path.stat().st_size)


BOMB = """
import resource, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from storage.raw.scan import scan
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
with Path(sys.argv[1]).open("rb") as stream:
    print([type(found).__name__ for found in scan(stream, "bomb.warc.gz")])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_a_member_that_inflates_without_end_is_not_inflated(tmp_path, pytestconfig):
    deflater = zlib.compressobj(9, wbits=31)
    path = tmp_path / "bomb.warc.gz"
    with path.open("wb") as stream:
        for _ in range(300):
            stream.write(deflater.compress(bytes(1 << 20)))
        stream.write(deflater.flush())
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", BOMB, str(path), str(pytestconfig.rootpath)],
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    kinds, growth_kib = done.stdout.splitlines()
    assert kinds == "['Damage']"
    assert int(growth_kib) < 16 * 1024


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"Content-Length: 5\r\n", "does not end"),
        (b"Content-Length: -4\r\n", "type or a length"),
        (b"Content-Length: 4\r\nno colon\r\n", "Name: value"),
        (b"Content-Length: 4\r\nWARC-Block-Digest: sha256:" + b"0" * 64 + b"\r\n", "block digest"),
        (b"Content-Length: 4\r\nWARC-Block-Digest: sha1:!!\r\n", None),
        (b"Content-Length: 4\r\nWARC-Payload-Digest: md5:" + b"0" * 32 + b"\r\n", "payload digest"),
        (b"", "type or a length"),
    ],
)
def test_a_record_that_is_not_in_form_says_why(tmp_path, line, reason):
    path = tmp_path / "odd.warc"
    path.write_bytes(b"WARC/1.1\r\nWARC-Type: resource\r\n" + line + b"\r\nabcd\r\n\r\n")
    with path.open("rb") as stream:
        (found,) = scan(stream, path.name)
    if reason is None:  # an unknown notation is no digest to check
        assert isinstance(found, Record)
    else:
        assert isinstance(found, Damage)
        assert reason in found.reason
