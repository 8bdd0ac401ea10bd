"""`baoku backup` and `baoku restore`: all of it comes back, or one sentence says why not."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from replica.server import ReplicaServer
from storage.raw.files import OpenFile
from tests.cli.conftest import DAY, Doorstep
from tests.storage.postgresql import Databases


@pytest.fixture
def site(serve: Callable[..., ReplicaServer]) -> str:
    return serve().url


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    return tmp_path / "bag"


@pytest.fixture
def filled(door: Doorstep, site: str) -> Doorstep:
    """An archive with a sealed file and one that is still written to, an issue in each."""
    assert door.crawl(site).exit_code == 0
    for path in shelf_of(door.home, "*.open"):
        OpenFile(path).seal()
    assert door.crawl(site, "--date", DAY - timedelta(days=1)).exit_code == 0
    return door


def shelf_of(home: Path, names: str = "*.warc.gz*") -> list[Path]:
    return sorted((home / "raw").glob(names))


def exported(door: Doorstep) -> str:
    result = door.run("export", "--canonical")
    assert result.exit_code == 0, result.stderr
    return result.stdout


def restored(door: Doorstep, bag: Path) -> Doorstep:
    """An archive made of the backup, which is sound."""
    other = Doorstep(door.home.with_name("restored"))
    result = other.run("restore", bag)
    assert result.exit_code == 0, result.stderr
    audit = other.run("verify")
    assert audit.exit_code == 0, audit.stdout
    return other


def test_all_of_an_archive_comes_back_and_goes_on(filled: Doorstep, bag: Path, site: str) -> None:
    result = filled.run("backup", bag)
    assert result.exit_code == 0, result.stderr
    assert "3 files in the backup, 3 of them copied now" in result.stdout
    other = restored(filled, bag)
    assert exported(other) == exported(filled)
    again = other.crawl(site, "--date", DAY - timedelta(days=2))
    assert again.exit_code == 0, again.stderr
    assert other.run("verify").exit_code == 0


def test_a_second_backup_copies_what_is_new(filled: Doorstep, bag: Path, site: str) -> None:
    assert filled.run("backup", bag).exit_code == 0
    for path in shelf_of(filled.home, "*.open"):
        OpenFile(path).seal()
    assert filled.crawl(site, "--date", DAY - timedelta(days=2)).exit_code == 0
    (told,) = filled.records("backup", bag)
    assert (told["files"], told["copied"], told["pages"]) == (4, 3, 3)
    assert len(shelf_of(bag / "data", "*.open")) == 1
    assert exported(restored(filled, bag)) == exported(filled)


def test_what_a_run_was_just_writing_does_no_harm(filled: Doorstep, bag: Path) -> None:
    before = exported(filled)
    (open_file,) = shelf_of(filled.home, "*.open")
    with open_file.open("ab") as out:
        out.write(b"half a record")
    assert filled.run("backup", bag).exit_code == 0
    assert exported(restored(filled, bag)) == before


def test_a_catalogue_on_a_server_comes_back_into_a_home(
    door: Doorstep,
    site: str,
    bag: Path,
    server_databases: Databases,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BAOKU_DATABASE_URL", server_databases.empty())
    assert door.crawl(site).exit_code == 0
    before = exported(door)
    result = door.run("backup", bag)
    assert result.exit_code == 0, result.stderr
    refused = door.run("restore", bag)
    assert (refused.exit_code, "baoku db copy" in refused.stderr) == (2, True)
    monkeypatch.delenv("BAOKU_DATABASE_URL")
    assert exported(restored(door, bag)) == before


@pytest.fixture
def harmed(filled: Doorstep, bag: Path, request: pytest.FixtureRequest) -> Path:
    """A backup of which one thing is wrong."""
    assert filled.run("backup", bag).exit_code == 0
    request.param(bag)
    return bag


def _change(bag: Path) -> None:
    path = shelf_of(bag / "data")[0]
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-1] + b"!")


def _lose(bag: Path) -> None:
    shelf_of(bag / "data")[0].unlink()


def _add(bag: Path) -> None:
    digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    (bag / "data/raw/other.txt").touch()
    with (bag / "manifest-sha256.txt").open("a") as out:
        out.write(f"{digest}  data/raw/other.txt\n")


@pytest.mark.parametrize("harmed", [_change, _lose, _add], indirect=True)
def test_of_a_backup_that_is_not_whole_no_home_is_made(door: Doorstep, harmed: Path) -> None:
    other = Doorstep(door.home.with_name("restored"))
    result = other.run("restore", harmed)
    assert result.exit_code == 31
    (line,) = result.stderr.splitlines()
    assert "take another backup" in line
    assert not other.home.exists()


def test_what_the_shelf_loses_the_backup_keeps(filled: Doorstep, bag: Path) -> None:
    assert filled.run("backup", bag).exit_code == 0
    before = exported(filled)
    (sealed,) = shelf_of(filled.home, "*.gz")
    sealed.unlink()
    result = filled.run("backup", bag)
    assert result.exit_code == 31
    assert f"{sealed.name} is not on the shelf; the backup has kept it" in result.stderr
    assert exported(restored(filled, bag)) == before


@pytest.mark.parametrize("harm", [lambda body: body + b"!", lambda body: body[:-1] + b"!"])
def test_what_changes_on_the_shelf_does_not_replace_what_the_backup_has(
    filled: Doorstep, bag: Path, harm: Callable[[bytes], bytes]
) -> None:
    assert filled.run("backup", bag).exit_code == 0
    (sealed,) = shelf_of(filled.home, "*.gz")
    whole = sealed.read_bytes()
    sealed.chmod(0o600)
    sealed.write_bytes(harm(whole))
    filled.run("backup", bag)
    assert (bag / "data/raw" / sealed.name).read_bytes() == whole


def test_the_backup_of_another_archive_is_refused_and_stays_as_it_was(
    filled: Doorstep, bag: Path, site: str
) -> None:
    for path in shelf_of(filled.home, "*.open"):
        OpenFile(path).seal()
    assert filled.run("backup", bag).exit_code == 0
    before = {path: path.read_bytes() for path in bag.rglob("*") if path.is_file()}
    other = Doorstep(filled.home.with_name("other"))
    assert other.crawl(site, "--date", DAY - timedelta(days=5)).exit_code == 0
    result = other.run("backup", bag)
    assert (result.exit_code, "of another archive" in result.stderr) == (2, True)
    assert {path: path.read_bytes() for path in bag.rglob("*") if path.is_file()} == before


def test_a_bag_of_something_else_is_refused_and_stays_as_it_was(
    filled: Doorstep, bag: Path
) -> None:
    (bag / "data").mkdir(parents=True)
    (bag / "bagit.txt").write_text("BagIt-Version: 1.0\n")
    (bag / "data/letter.txt").touch()
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    (bag / "manifest-sha256.txt").write_text(f"{empty}  data/letter.txt\n")
    result = filled.run("backup", bag)
    assert (result.exit_code, "of something else" in result.stderr) == (2, True)
    assert sorted(path.name for path in bag.iterdir()) == [
        "bagit.txt", "data", "manifest-sha256.txt"
    ]  # fmt: skip


def test_a_shelf_that_lost_a_file_is_backed_up_as_far_as_it_goes_and_told(
    filled: Doorstep, bag: Path
) -> None:
    (sealed,) = shelf_of(filled.home, "*.gz")
    sealed.unlink()
    result = filled.run("backup", bag, "--json")
    assert result.exit_code == 31
    told = f"{sealed.name} is not on the shelf, nor in the backup"
    assert told in result.stderr
    assert json.loads(result.stdout)["damage"] == [told]
    assert (bag / "manifest-sha256.txt").exists()


def test_a_sealed_file_that_changed_is_told(filled: Doorstep, bag: Path) -> None:
    (sealed,) = shelf_of(filled.home, "*.gz")
    sealed.chmod(0o600)
    sealed.write_bytes(sealed.read_bytes()[:-1] + b"!")
    result = filled.run("backup", bag)
    assert result.exit_code == 31
    assert f"{sealed.name} is not what it was when it was sealed" in result.stderr


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (lambda home: ("backup", home / "bag"), "name a folder elsewhere"),
        (lambda home: ("backup", home.parent), "is no backup"),
        (lambda home: ("restore", home.parent), "is no backup"),
    ],
)
def test_what_cannot_be_is_one_sentence(
    filled: Doorstep, words: Callable[[Path], Any], sentence: str
) -> None:
    result = filled.run(*words(filled.home))
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert sentence in line


def test_a_home_that_is_there_is_not_replaced(filled: Doorstep, bag: Path) -> None:
    assert filled.run("backup", bag).exit_code == 0
    result = filled.run("restore", bag)
    assert (result.exit_code, "is there and not empty" in result.stderr) == (2, True)
