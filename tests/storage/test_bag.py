"""A bag of files with their digests (RFC 8493)."""

import hashlib
import io
from pathlib import Path

import pytest

from press.errors import ArchiveDamaged, HomeUnusable, UsageError
from storage.bag import Bag, digests_in

ONE = b"\x00\xffone"


def put(bag: Bag, name: str, data: bytes) -> str:
    return bag.put(name, io.BytesIO(data), len(data))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A bag with two files."""
    made = tmp_path / "bag"
    bag = Bag(made)
    bag.begin()
    put(bag, "data/one", ONE)
    put(bag, "data/raw/two", b"two")
    bag.seal({"Bagging-Date": "2031-02-03"})
    return made


def test_a_bag_lists_every_file_with_its_digest_and_says_how_much_it_is(folder: Path) -> None:
    assert digests_in(folder) == {
        "data/one": hashlib.sha256(ONE).hexdigest(),
        "data/raw/two": hashlib.sha256(b"two").hexdigest(),
    }
    assert (folder / "bagit.txt").read_text().startswith("BagIt-Version: 1.0\n")
    assert (folder / "bag-info.txt").read_text() == "Bagging-Date: 2031-02-03\nPayload-Oxum: 8.2\n"
    lines = (folder / "tagmanifest-sha256.txt").read_text().splitlines()
    sums = dict(line.split("  ")[::-1] for line in lines)
    for name in ("bagit.txt", "bag-info.txt", "manifest-sha256.txt"):
        assert sums[name] == hashlib.sha256((folder / name).read_bytes()).hexdigest()


def test_what_is_neither_put_nor_kept_again_leaves_the_bag(folder: Path) -> None:
    bag = Bag(folder)
    assert bag.keep("data/one") == hashlib.sha256(ONE).hexdigest()
    assert bag.keep("data/four") is None
    put(bag, "data/three", b"3")
    bag.seal({})
    assert list(digests_in(folder)) == ["data/one", "data/three"]
    assert not (folder / "data/raw/two").exists()
    assert (folder / "data/three").read_bytes() == b"3"


def test_only_what_is_still_what_the_bag_lists_is_kept(folder: Path) -> None:
    assert Bag(folder).keep("data/one") == hashlib.sha256(ONE).hexdigest()
    (folder / "data/one").write_bytes(ONE[::-1])
    assert Bag(folder).keep("data/one") is None
    (folder / "data/one").unlink()
    assert Bag(folder).keep("data/one") is None


def test_one_that_was_interrupted_is_gone_on_with_and_leaves_no_litter(tmp_path: Path) -> None:
    folder = tmp_path / "bag"
    bag = Bag(folder)
    bag.begin()
    put(bag, "data/raw/one", ONE)
    (folder / ".copy-of-something").mkdir()
    (folder / "data/raw/.two.x9f3").write_bytes(b"half")
    again = Bag(folder)
    again.begin()
    put(again, "data/raw/one", ONE)
    again.seal({})
    assert sorted(path.name for path in folder.rglob("*") if path.name.startswith(".")) == []
    assert list(digests_in(folder)) == ["data/raw/one"]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("x")
    with pytest.raises(HomeUnusable, match="cannot be written"):
        Bag(tmp_path / "letter.txt" / "bag").begin()


def test_a_source_that_ends_early_leaves_what_was_there(folder: Path) -> None:
    with pytest.raises(ArchiveDamaged, match="ends 2 bytes too early"):
        Bag(folder).put("data/one", io.BytesIO(b"short"), 7)
    assert (folder / "data/one").read_bytes() == ONE


def test_no_more_than_was_asked_for_is_copied(folder: Path) -> None:
    bag = Bag(folder)
    assert bag.put("data/one", io.BytesIO(b"longer"), 4) == hashlib.sha256(b"long").hexdigest()
    assert (folder / "data/one").read_bytes() == b"long"


def test_a_folder_with_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("x")
    for place in (tmp_path, tmp_path / "letter.txt"):
        with pytest.raises(UsageError, match="is there and is no backup"):
            Bag(place)
    with pytest.raises(UsageError, match="is no backup"):
        digests_in(tmp_path)


@pytest.mark.parametrize(
    "name",
    ["../x", "/etc/x", "data/../x", "data//x", "bagit.txt", "data/a b", "data/x\\y", "data/"],
)
def test_a_list_that_leads_outside_is_no_list(folder: Path, name: str) -> None:
    with (folder / "manifest-sha256.txt").open("a") as out:
        out.write(f"{'0' * 64}  {name}\n")
    with pytest.raises(ArchiveDamaged, match="lists no file"):
        digests_in(folder)
