"""What an audit says of files that several writers put into a vault."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import obstore
import pytest
from obstore.store import MemoryStore

from pipeline.audit import Audit
from pipeline.audit.shelf import ahead_from, breaches_of_files
from pipeline.audit.walk import ShelfWalk
from press.capture import Import
from storage.raw import Shelf
from storage.raw.fixity import Inspection
from storage.raw.objects import ObjectVault
from storage.raw.stacks import ShelfFile

OLD, NEW = "baoku-20260112220000-00001-a-1.warc.gz", "baoku-20260113220000-00001-b-1.warc.gz"
ALONE = "baoku-20260112220000-00007.warc.gz"


def vaulted(name: str) -> ShelfFile:
    return ShelfFile(name=name, is_open=False, size_bytes=9, is_vaulted=True)


def test_any_writers_file_may_be_ahead_of_the_catalogue_as_a_whole() -> None:
    assert ahead_from(OLD, {NEW: 500}) == 0
    assert ahead_from(NEW, {NEW: 500, ALONE: 3}) is None
    assert ahead_from(ALONE, {NEW: 500, ALONE: 3}) == 3


def test_a_file_that_the_catalogue_does_not_know_yet_is_no_breach() -> None:
    files = [vaulted(OLD), vaulted(NEW)]
    assert list(breaches_of_files(files, {NEW: 2}, {})) == []
    files.append(vaulted(ALONE))
    assert list(breaches_of_files(files, {NEW: 2, ALONE: 1}, {})) == []


def test_a_file_that_the_catalogue_knows_must_be_there() -> None:
    (breach,) = breaches_of_files([vaulted(NEW)], {OLD: 2, NEW: 1}, {})
    assert breach.subject == OLD
    assert "2 captures lie in it" in breach.sentence


def test_a_file_in_the_vault_needs_no_line_in_this_homes_manifest() -> None:
    here = [ShelfFile(name=name, is_open=False, size_bytes=9) for name in (OLD, NEW)]
    assert [one.subject for one in breaches_of_files(here, {OLD: 1, NEW: 1}, {})] == [OLD]
    there = [vaulted(OLD), vaulted(NEW)]
    assert list(breaches_of_files(there, {OLD: 1, NEW: 1}, {})) == []


@pytest.mark.parametrize("is_true", [True, False])
def test_a_file_is_compared_with_the_digest_that_the_vault_noted(
    tmp_path: Path, is_true: bool
) -> None:
    class Clock:
        def now(self) -> datetime:
            return datetime(2026, 1, 12, tzinfo=UTC)

        def monotonic(self) -> float:
            return 0.0

        def sleep(self, wait_s: float) -> None:
            raise AssertionError(wait_s)

    shelf = Shelf(tmp_path / "one", clock=Clock(), software="t", writer="desk-1")
    shelf.append(
        Import(url="import:a", content_type="text/plain", body=b"x", imported_at=Clock().now())
    )
    shelf.close()
    (path,) = (tmp_path / "one").iterdir()
    data, store = path.read_bytes(), MemoryStore()
    noted = hashlib.sha256(data if is_true else data + b".").hexdigest()
    name = path.name.removesuffix(".open")
    obstore.put(store, name, data, attributes={"sha256": noted})
    inspection = Inspection(tmp_path / "two", ObjectVault(store, "memory://"))
    walk = ShelfWalk(inspection, None, Audit(), lambda _: None)
    breaches = list(walk.breaches(quick=False))
    assert [one.subject for one in breaches] == ([] if is_true else [name])
