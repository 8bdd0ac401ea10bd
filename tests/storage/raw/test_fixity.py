"""The shelf as an auditor sees it."""

import hashlib

import pytest

from press.errors import CaptureMissing
from storage.raw.fixity import Inspection
from storage.raw.scan import Damage


@pytest.fixture
def three_files(open_shelf, make_exchange, tmp_path):
    """A shelf of two sealed files and an open one, with a capture in each."""
    shelf = open_shelf(seal_bytes=1)
    captures = [shelf.append(make_exchange(bytes([n]) * 9)) for n in range(3)]
    return Inspection(tmp_path / "raw"), captures


def test_files_come_in_the_order_of_writing(three_files):
    shelf, captures = three_files
    files = shelf.files()
    assert [file.name for file in files] == [capture.place.file for capture in captures]
    assert [file.is_open for file in files] == [False, False, True]
    assert all(file.size_bytes > 400 for file in files)


def test_the_manifest_has_the_digests_of_the_sealed_files(three_files, tmp_path):
    shelf, captures = three_files
    name = captures[0].place.file
    digest = hashlib.sha256((tmp_path / "raw" / name).read_bytes()).hexdigest()
    assert shelf.manifest()[name] == shelf.digest(name) == digest
    assert len(shelf.manifest()) == 2


def test_a_line_that_a_crash_tore_is_left_out(three_files, tmp_path):
    shelf, captures = three_files
    with (tmp_path / "raw" / "MANIFEST.sha256").open("a") as manifest:
        manifest.write("ab")
    assert sorted(shelf.manifest()) == [capture.place.file for capture in captures[:2]]


def test_answers_are_told_as_they_are_reached(three_files):
    shelf, captures = three_files
    offsets = []
    ((capture, kept),) = shelf.answers(captures[1].place.file, offsets.append)
    assert capture == captures[1]
    assert kept.body == b"\x01" * 9
    assert offsets == [captures[1].place.offset]
    assert shelf.read(captures[1].place) == kept


def test_a_file_that_was_sealed_after_it_was_listed_is_found(three_files, tmp_path):
    shelf, captures = three_files
    name = captures[2].place.file
    (tmp_path / "raw" / f"{name}.open").rename(tmp_path / "raw" / name)
    assert len(list(shelf.answers(name, lambda _: None))) == 1


def test_damage_comes_in_its_place(three_files, tmp_path):
    shelf, captures = three_files
    place = captures[2].place
    path = tmp_path / "raw" / f"{place.file}.open"
    path.write_bytes(path.read_bytes()[: place.offset + 9])
    (damage,) = shelf.answers(place.file, lambda _: None)
    assert isinstance(damage, Damage)
    assert damage.offset == place.offset


def test_what_is_not_there_is_named(three_files, tmp_path):
    shelf, _ = three_files
    with pytest.raises(CaptureMissing, match="is not on the shelf"):
        shelf.digest("baoku-20200101000000-00009.warc.gz")
    nothing = Inspection(tmp_path / "nowhere")
    assert (nothing.files(), nothing.others(), nothing.quarantined(), nothing.manifest()) == (
        (),
        (),
        (),
        {},
    )


def test_what_is_no_part_of_the_shelf_and_what_was_cut_off_are_told_apart(three_files, tmp_path):
    shelf, _ = three_files
    (tmp_path / "raw" / "notes.txt").write_text("mine")
    (tmp_path / "raw" / "quarantine").mkdir()
    (tmp_path / "raw" / "quarantine" / "a.5").write_bytes(b"torn")
    assert shelf.others() == ("notes.txt",)
    assert shelf.quarantined() == (("a.5", 4),)
