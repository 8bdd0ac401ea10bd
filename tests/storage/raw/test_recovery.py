import os
import shutil

import pytest

from press.errors import ArchiveDamaged

BODY = "<p>石阶上落满了黄桷树的叶子。</p>".encode()
LAST = "<p>邮差把信投进了门缝。</p>".encode()


@pytest.fixture
def crashed(open_shelf, make_exchange, tmp_path):
    """The open file's path, and the first and last captures that a killed run left in it."""
    shelf = open_shelf()
    first = shelf.append(make_exchange(BODY))
    last = shelf.append(make_exchange(LAST, framing="chunked", coding="gzip"))
    shelf.close()
    return next((tmp_path / "raw").iterdir()), first, last


def end_of(capture):
    return capture.place.offset + capture.place.length


def record_ends(path):
    """Where each gzip member ends, found by another reader than the one under test."""
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415

    with path.open("rb") as stream:
        records = ArchiveIterator(stream)
        ends = [records.get_record_offset() + records.get_record_length() for _ in records]
    return [0, *ends]


@pytest.mark.parametrize(
    ("known", "step"), [(False, 1), (True, 7)], ids=["catalogue-empty", "first-committed"]
)
def test_a_cut_at_any_byte_leaves_exactly_the_whole_records(
    crashed, open_shelf, make_exchange, tmp_path, known, step
):
    path, first, last = crashed
    data, ends = path.read_bytes(), record_ends(path)
    committed = {first.place.file: end_of(first)} if known else {}
    for cut in range(end_of(first), len(data) + 1, step):
        folder = tmp_path / f"cut{cut}"
        folder.mkdir()
        (folder / path.name).write_bytes(data[:cut])
        shelf = open_shelf(folder)
        found = shelf.recover(committed)
        good = max(end for end in ends if end <= cut)
        assert (folder / path.name).stat().st_size == good
        adopted = [capture for capture in (first, last) if end_of(capture) <= cut]
        assert list(found.adopted) == adopted[known:]
        assert found.quarantined_bytes == cut - good
        assert [copy.read_bytes() for copy in found.quarantined_files] == [data[good:cut]] * (
            cut > good
        )
        assert found.damage == ()
        later = shelf.append(make_exchange(b"later"))
        assert shelf.read(later.place).body == b"later"
        assert [capture for capture, _ in shelf.captures()] == [*adopted, later]
        shelf.close()
        shutil.rmtree(folder)


@pytest.mark.parametrize(
    "tail",
    [b"\0" * 4096, b"\x1f\x8b\x08garbage", b"x", os.urandom(700), b"\x1f\x8b" * 300],
    ids=["zeros", "magic", "one byte", "random", "magics"],
)
def test_a_tail_that_is_no_record_is_quarantined(crashed, open_shelf, tmp_path, tail):
    path, first, last = crashed
    whole = path.read_bytes()
    path.write_bytes(whole + tail)
    found = open_shelf().recover({})
    assert found.adopted == (first, last)
    assert path.read_bytes() == whole
    (copy,) = found.quarantined_files
    assert copy == tmp_path / "raw" / "quarantine" / f"{first.place.file}.{len(whole)}"
    assert copy.read_bytes() == tail
    assert found.quarantined_bytes == len(tail)


def test_a_file_torn_in_its_first_record_begins_again(crashed, open_shelf, make_exchange):
    path, _, _ = crashed
    path.write_bytes(path.read_bytes()[:20])
    shelf = open_shelf()
    assert shelf.recover({}).quarantined_bytes == 20
    capture = shelf.append(make_exchange(BODY))
    assert capture.place.offset > 0  # after a new warcinfo record
    assert [kept.body for _, kept in shelf.captures()] == [BODY]


def test_recovery_again_gives_the_same_captures_and_cuts_nothing(crashed, open_shelf):
    path, first, last = crashed
    path.write_bytes(path.read_bytes() + b"torn")
    shelf = open_shelf()
    once, twice = shelf.recover({}), shelf.recover({})
    assert once.adopted == twice.adopted == (first, last)
    assert (once.quarantined_bytes, twice.quarantined_bytes) == (4, 0)


@pytest.mark.parametrize("stage", ["part copied", "copied but not cut"])
def test_a_recovery_killed_half_way_is_done_again(crashed, open_shelf, tmp_path, stage):
    path, first, last = crashed
    whole = path.read_bytes()
    path.write_bytes(whole + b"torn tail")
    quarantine = tmp_path / "raw" / "quarantine"
    quarantine.mkdir()
    done = "part" if stage == "part copied" else f"{first.place.file}.{len(whole)}"
    (quarantine / done).write_bytes(b"torn" if stage == "part copied" else b"torn tail")
    found = open_shelf().recover({})
    assert found.adopted == (first, last)
    assert path.read_bytes() == whole
    assert [copy.read_bytes() for copy in quarantine.iterdir()] == [b"torn tail"]


def test_two_tails_at_one_offset_are_both_kept(crashed, open_shelf, tmp_path):
    path, _, _ = crashed
    whole = path.read_bytes()
    for tail in (b"one", b"twofold", b"two"):
        path.write_bytes(whole + tail)
        shelf = open_shelf()
        shelf.recover({})
        shelf.close()
    kept = [copy.read_bytes() for copy in (tmp_path / "raw" / "quarantine").iterdir()]
    assert sorted(kept) == [b"one", b"two", b"twofold"]


def test_a_file_shorter_than_the_catalogue_knows_stops_recovery_with_nothing_touched(
    crashed, open_shelf, tmp_path
):
    path, first, last = crashed
    path.write_bytes(path.read_bytes() + b"torn")
    before = {p: p.read_bytes() for p in (tmp_path / "raw").iterdir()}
    size = path.stat().st_size
    shelf = open_shelf()
    with pytest.raises(ArchiveDamaged, match=f"{first.place.file} has {size} .* {size + 1}"):
        shelf.recover({first.place.file: size + 1})
    other = "baoku-20250101000000-00009.warc.gz"
    with pytest.raises(ArchiveDamaged, match=f"{other} is missing"):
        shelf.recover({first.place.file: end_of(last), other: 10})
    assert {p: p.read_bytes() for p in (tmp_path / "raw").iterdir()} == before


@pytest.fixture
def sealed(open_shelf, make_exchange, tmp_path):
    """Two sealed files and an open one, each with one capture."""
    shelf = open_shelf(seal_bytes=1)
    captures = [shelf.append(make_exchange(BODY + bytes([i]))) for i in range(3)]
    shelf.close()
    return tmp_path / "raw", captures


def test_sealed_records_that_the_catalogue_does_not_know_are_adopted_never_cut(sealed, open_shelf):
    folder, captures = sealed
    path = folder / captures[0].place.file
    path.chmod(0o644)
    path.write_bytes(path.read_bytes() + b"not a record")
    before = path.read_bytes()
    found = open_shelf().recover({})
    assert found.adopted == tuple(captures)
    assert path.read_bytes() == before
    assert [(d.kind, d.file, d.length) for d in found.damage] == [("torn", path.name, 12)]
    assert found.quarantined_bytes == 0


def test_what_the_catalogue_knows_is_not_adopted_again(sealed, open_shelf):
    _, captures = sealed
    committed = {capture.place.file: end_of(capture) for capture in captures}
    assert open_shelf().recover(committed).adopted == ()


@pytest.mark.parametrize("line", ["", "0f0f0f  baoku-2026"], ids=["no line", "torn line"])
def test_a_sealing_that_was_interrupted_is_finished(sealed, open_shelf, line):
    folder, captures = sealed
    manifest = folder / "MANIFEST.sha256"
    whole = manifest.read_text()
    manifest.write_text(whole.splitlines(keepends=True)[0] + line)
    last_sealed = folder / captures[1].place.file
    last_sealed.chmod(0o644)
    open_shelf().recover({})
    assert manifest.read_text() == whole
    assert last_sealed.stat().st_mode & 0o777 == 0o444


def test_recovery_of_nothing_finds_nothing(open_shelf, make_exchange):
    shelf = open_shelf()
    found = shelf.recover({})
    assert (found.adopted, found.quarantined_bytes, found.damage) == ((), 0, ())
    assert shelf.read(shelf.append(make_exchange(BODY)).place).body == BODY
