"""Runs that are killed while they put a file into the vault, as real processes."""

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from uuid import uuid4

import pytest

from tests.cli.test_journeys import PATIENCE_S, ended, here, serving, started
from tests.vaults import KEY, Gate, object_store

WORDS = ("backfill", "cqrb", "--from", "2025-12-30", "--to", "2025-12-31", "--interval", 0)


@pytest.fixture(scope="module")
def store() -> Iterator[Gate]:
    with object_store() as gate:
        yield gate


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The export of an archive without a vault, to which nothing happened."""
    home = tmp_path_factory.mktemp("undisturbed") / "home"
    with serving() as (url, _):
        here(home, *WORDS, "--site", url)
    return here(home, "export", "--canonical")


@pytest.mark.parametrize("disk", ["kept", "lost"])
@pytest.mark.parametrize(
    ("method", "fault"),
    [("PUT", "killed before"), ("PUT", "killed after"), ("GET", "killed after")],
)
def test_a_run_that_was_killed_at_the_vault_is_as_if_it_had_not_been(
    store: Gate, tmp_path: Path, undisturbed: str, method: str, fault: str, disk: str
) -> None:
    home, key, bucket = tmp_path / "home", tmp_path / "key", f"bucket-{uuid4().hex[:12]}"
    key.write_text(f"{KEY.id}\n{KEY.secret}\n")
    key.chmod(0o600)
    store.make_bucket(bucket)
    settings = f"""
        database_url = "sqlite:///{tmp_path / "catalogue.sqlite3"}"
        shelf_url = "s3://{bucket}/raw"
        shelf_endpoint = "{store.endpoint}"
        shelf_key_file = "{key}"
    """

    def furnish() -> None:
        home.mkdir()
        (home / "baoku.toml").write_text(settings)

    furnish()
    is_known = Event()
    with serving() as (url, _):
        store.faults[method] = [fault]
        process = started(home, *WORDS, "--site", url)
        store.kill = lambda: is_known.wait(PATIENCE_S) and os.kill(process.pid, signal.SIGKILL)
        is_known.set()
        assert ended(process)[0] == -signal.SIGKILL
        assert store.faults[method] == []
        if disk == "lost":
            shutil.rmtree(home)
            furnish()
        here(home, *WORDS, "--site", url)
    assert here(home, "export", "--canonical") == undisturbed
    assert here(home, "verify").splitlines()[-1] == "No breach."
    assert not list((home / "raw").glob("baoku-*"))
