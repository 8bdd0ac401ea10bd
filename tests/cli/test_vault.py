"""An archive whose raw answers lie in a vault: filled, read, checked and made anew."""

import json
import os
import shutil
import stat
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from cli.settings import Settings
from cli.vault import read_key, vault_of, writer_name
from cli.wiring import archive_to_read
from press.errors import SettingError, VaultUnusable
from readingroom.library import Library
from replica.server import ReplicaServer
from storage.raw.files import is_name, writer_of
from tests.cli.conftest import DAY, Doorstep
from tests.readingroom.asking import StillClock
from tests.vaults import KEY, Gate, object_store


@pytest.fixture(scope="module")
def store() -> Iterator[Gate]:
    with object_store() as gate:
        yield gate


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    file = tmp_path / "key"
    file.write_text(f"{KEY.id}\n{KEY.secret}\n")
    file.chmod(0o600)
    return file


@pytest.fixture
def bucket(
    store: Gate, door: Doorstep, key_file: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Gate]:
    """The settings of a vault in a bucket that is made; the way to it."""
    store.faults.clear()
    store.asked.clear()
    name = f"bucket-{uuid4().hex[:12]}"
    store.make_bucket(name)
    monkeypatch.setenv("BAOKU_SHELF_URL", f"s3://{name}/raw")
    monkeypatch.setenv("BAOKU_SHELF_ENDPOINT", store.endpoint)
    monkeypatch.setenv("BAOKU_SHELF_KEY_FILE", str(key_file))
    yield store
    store.faults.clear()


@pytest.fixture
def folder(door: Doorstep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The settings of a vault in a folder, and that folder."""
    folder = tmp_path / "vault"
    folder.mkdir()
    monkeypatch.setenv("BAOKU_SHELF_URL", folder.as_uri())
    return folder


@pytest.fixture(params=["folder", "bucket"])
def vault(request: pytest.FixtureRequest) -> Any:
    """The settings of either."""
    return request.getfixturevalue(request.param)


def canonical(door: Doorstep) -> str:
    result = door.run("export", "--canonical")
    assert result.exit_code == 0, result.stderr
    return result.stdout


def kept_here(door: Doorstep) -> list[str]:
    return sorted(path.name for path in (door.home / "raw").glob("baoku-*"))


def test_everything_that_reads_the_shelf_reads_the_vault(
    vault: Any, door: Doorstep, serve: Callable[..., ReplicaServer], tmp_path: Path
) -> None:
    site = serve()
    assert door.crawl(site.url).exit_code == 0
    assert kept_here(door) == []
    verify = door.run("verify")
    assert (verify.exit_code, verify.stdout.splitlines()[-1]) == (0, "No breach.")
    assert "in 1 files; 6 articles were read again" in verify.stdout
    assert "6 articles read; 0 differ" in door.run("replay").stdout
    package = tmp_path / "a.wacz"
    assert door.run("export", "--format", "wacz", "-o", package).exit_code == 0
    with zipfile.ZipFile(package) as whole:
        assert len(whole.read("archive/data.warc.gz")) > 3000
    said = door.run("doctor", "--json").stdout.splitlines()
    told = {one["subject"]: one for one in map(json.loads, said)}
    assert "with 1 files" in told["vault"]["sentence"]
    assert "1 files, 0.0 MiB, in " in told["shelf"]["sentence"]
    assert told["shelf"]["level"] == told["vault"]["level"] == "ok"
    truth = canonical(door)
    assert door.run("rebuild").exit_code == 0
    assert canonical(door) == truth
    again = door.crawl(site.url, "--again")
    assert again.exit_code == 0
    assert canonical(door) == truth


def test_the_reading_room_shows_a_kept_answer_from_the_vault(
    vault: Any, door: Doorstep, serve: Callable[..., ReplicaServer]
) -> None:
    assert door.crawl(serve().url).exit_code == 0
    (article, *_) = door.records("show")
    settings = Settings(home=door.home)
    with archive_to_read(settings, budget_s=2) as archive, archive.catalogue.reading() as reader:
        library = Library(archive.catalogue, archive.shelf, StillClock())
        capture = reader.capture_at(article["capture"]["file"], article["capture"]["offset"])
        assert capture is not None
        body = library.shelf.read(capture.place).body
    assert body is not None
    assert len(body) > 400


def test_on_a_new_machine_the_vault_alone_gives_the_archive_back(
    bucket: Gate, door: Doorstep, serve: Callable[..., ReplicaServer], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    site = serve()
    for back in range(2):
        day = DAY - timedelta(days=back)
        assert door.crawl(site.url, "--date", day).exit_code == 0
    truth = canonical(door)
    shutil.rmtree(door.home)
    monkeypatch.setenv("BAOKU_DATABASE_URL", f"sqlite:///{tmp_path / 'anew.sqlite3'}")
    result = door.run("rebuild")
    assert result.exit_code == 0, result.stderr
    assert canonical(door) == truth
    assert door.run("verify").exit_code == 0


def test_two_homes_share_a_vault_and_a_catalogue(
    folder: Path, door: Doorstep, serve: Callable[..., ReplicaServer], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("BAOKU_DATABASE_URL", f"sqlite:///{tmp_path / 'shared.sqlite3'}")
    site, other = serve(), Doorstep(tmp_path / "other")
    assert door.crawl(site.url).exit_code == 0
    assert other.crawl(site.url, "--date", DAY - timedelta(days=1)).exit_code == 0
    names = sorted(path.name for path in folder.iterdir())
    assert len(names) == len({writer_of(name) for name in names}) == 2
    assert all(map(is_name, names))
    reader = Doorstep(tmp_path / "reader")
    assert len(canonical(reader).splitlines()) > 9
    for one in (door, other, reader):
        assert one.run("verify").exit_code == 0
    shutil.rmtree(other.home)
    assert other.crawl(site.url, "--date", DAY - timedelta(days=2)).exit_code == 0
    assert reader.run("verify").exit_code == 0


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (503, "cannot be used now (503 Service Unavailable): try again later"),
        (403, "refuses (403 Forbidden): check the setting shelf_key_file"),
    ],
)
def test_a_store_that_refuses_a_page_ends_the_run_and_the_next_one_has_it(
    bucket: Gate, door: Doorstep, serve: Callable[..., ReplicaServer], fault: int, words: str
) -> None:
    site = serve()
    bucket.faults["PUT"] = [fault] * 5 if fault == 503 else [fault]
    result = door.crawl(site.url)
    assert result.exit_code == 30
    assert words in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert KEY.secret not in result.stderr + result.stdout
    assert len(kept_here(door)) == 1
    status = door.run("status", "--json")
    assert '"archived"' not in status.stdout  # nothing points at what is only here
    assert door.crawl(site.url).exit_code == 0
    assert kept_here(door) == []
    assert door.run("verify").exit_code == 0


def test_a_bucket_that_is_not_there_is_told_before_anything_is_fetched(
    bucket: Gate, door: Doorstep, serve: Callable[..., ReplicaServer],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("BAOKU_SHELF_URL", "s3://no-such-bucket")
    result = door.crawl(serve().url)
    assert result.exit_code == 30
    assert "s3://no-such-bucket names no bucket that exists: make it" in result.stderr
    assert door.run("doctor").exit_code == 30


def test_what_a_lost_machine_left_in_the_vault_is_adopted(
    folder: Path, door: Doorstep, serve: Callable[..., ReplicaServer], tmp_path: Path
) -> None:
    site = serve()
    assert door.crawl(site.url).exit_code == 0
    lost = Doorstep(tmp_path / "lost")  # its catalogue goes with it
    assert lost.crawl(site.url, "--date", DAY - timedelta(days=1)).exit_code == 0
    shutil.rmtree(lost.home)
    assert "answers are newer than the catalogue" in door.run("verify").stdout
    for file in folder.iterdir():
        os.utime(file, (file.stat().st_mtime - 7200,) * 2)
    assert door.crawl(site.url).exit_code == 0
    verify = door.run("verify")
    assert (verify.exit_code, "newer than the catalogue" in verify.stdout) == (0, False)


def test_a_byte_that_the_vault_changed_is_named(
    folder: Path, door: Doorstep, serve: Callable[..., ReplicaServer]
) -> None:
    assert door.crawl(serve().url).exit_code == 0
    (article, *_) = door.records("show")
    file = folder / article["capture"]["file"]
    data = bytearray(file.read_bytes())
    data[article["capture"]["offset"] + 60] ^= 1
    file.write_bytes(data)
    result = door.run("verify")
    assert result.exit_code == 31
    assert f"{file.name} at {article['capture']['offset']}" in result.stdout


def test_a_file_that_the_vault_lost_is_named(
    folder: Path, door: Doorstep, serve: Callable[..., ReplicaServer]
) -> None:
    assert door.crawl(serve().url).exit_code == 0
    (file,) = folder.iterdir()
    file.unlink()
    result = door.run("verify", "--quick")
    assert result.exit_code == 31
    assert f"{file.name}: it is not on the shelf" in result.stdout
    assert door.run("doctor").exit_code == 31


def test_a_reader_with_a_budget_asks_once(bucket: Gate, door: Doorstep) -> None:
    bucket.faults["GET"] = [503, "always"]
    bucket.asked.clear()
    vault = vault_of(Settings(home=door.home), budget_s=2)
    assert vault is not None
    with pytest.raises(VaultUnusable):
        vault.read("a", offset=0, length=1)
    assert len(bucket.asked) == 1


def test_without_obstore_the_setting_says_what_to_install(tmp_path: Path) -> None:
    def load(_: str) -> Any:
        raise ModuleNotFoundError("No module named 'obstore'")

    settings = Settings(home=tmp_path, shelf_url=tmp_path.as_uri())
    with pytest.raises(SettingError, match=r"baoku\[objects\]"):
        vault_of(settings, load=load)
    assert vault_of(Settings(home=tmp_path), load=load) is None


@pytest.mark.parametrize("text", ["", "only-one", "Axia Bxia Cxia", "\xff"])
def test_a_key_file_that_is_none_is_refused_without_repeating_it(tmp_path: Path, text: str) -> None:
    file = tmp_path / "key"
    file.write_bytes(text.encode("latin-1"))
    file.chmod(0o600)
    with pytest.raises(SettingError) as caught:
        read_key(file)
    assert not any(word in str(caught.value) for word in text.split())


def test_a_key_file_that_others_may_read_or_that_is_not_there_is_refused(key_file: Path) -> None:
    assert read_key(key_file) == (KEY.id, KEY.secret)
    key_file.chmod(stat.S_IRUSR | stat.S_IRGRP)
    with pytest.raises(SettingError, match="chmod 600"):
        read_key(key_file)
    with pytest.raises(SettingError, match="cannot be read"):
        read_key(key_file.with_name("none"))


@pytest.mark.parametrize("host", ["desk", "Desk.Example.ORG", "重庆", "", "-", "x" * 300])
def test_a_writers_name_fits_into_a_files_name(host: str) -> None:
    name = writer_name(host, "0f3a9c21")
    assert writer_of(f"baoku-20260112220000-00001-{name}.warc.gz") == name
    assert name.endswith("-0f3a9c21")
    assert writer_name() != writer_name()
