"""Folders that come whole or not at all; files are in test_jsonl."""

import pytest

from press.errors import HomeUnusable, UsageError
from storage.export.file import is_stream, making_folder, replacing_bytes


def test_a_folder_comes_when_all_of_it_is_there(tmp_path):
    target = tmp_path / "out"
    with making_folder(target) as new:
        (new / "a").write_text("a")
        assert not target.exists()
    assert (target / "a").read_text() == "a"
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_that_fails_leaves_nothing(tmp_path):
    with pytest.raises(ZeroDivisionError), making_folder(tmp_path / "out") as new:  # noqa: PT012
        (new / "a").write_text("a")
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_what_is_in_a_folder_is_left_alone(tmp_path):
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(UsageError, match="not empty"), making_folder(tmp_path):
        pass
    assert (tmp_path / "letter.txt").read_text() == "mine"


def test_an_empty_folder_is_filled(tmp_path):
    target = tmp_path / "out"
    target.mkdir()
    with making_folder(target) as new:
        (new / "a").write_text("a")
    assert (target / "a").exists()


def test_a_folder_that_cannot_be_made_is_a_home_unusable(tmp_path):
    with pytest.raises(HomeUnusable, match="cannot be written"), making_folder(tmp_path / "a/b"):
        pass


def test_bytes_replace_a_file_when_they_are_whole(tmp_path):
    target = tmp_path / "out"
    target.write_text("old")
    with replacing_bytes(target) as out:
        out.write(b"\x00new")
        assert target.read_text() == "old"
    assert target.read_bytes() == b"\x00new"
    assert not is_stream(target)
