"""Secrets and configs: each is a file, granted to whoever reads it, and made as it is read."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from cli.serve import read_token
from cli.settings import load_settings
from cli.vault import read_key
from tests.compose.reading import (
    COMPOSE,
    HOUSE,
    SECRETS,
    SERVICES,
    TEXT,
    config,
    environment,
    everything_said,
    granted,
)


def test_every_secret_is_a_file_that_is_granted_used_and_declared() -> None:
    declared = COMPOSE["secrets"]
    assert all(set(one) == {"file"} for one in declared.values())
    used = set()
    for name in SERVICES:
        given = granted(name, "secrets")
        named = set(re.findall(re.escape(SECRETS) + r"(\w+)", everything_said(name)))
        assert named == set(given), name
        used |= named
    assert used == set(declared)


def test_no_secret_stands_in_the_file() -> None:
    for name in SERVICES:
        for key in environment(name):
            assert not re.search("PASS|SECRET|TOKEN|KEY", key) or key.endswith("_FILE"), key
    assert not re.search(r"://[^\s:/$]+:[^\s@/$]+@", TEXT)


def test_the_key_of_the_shelf_may_delete_nothing() -> None:
    policy = json.loads(config("store-policy"))
    allowed = {action for one in policy["Statement"] for action in one["Action"]}
    assert allowed == {"s3:GetBucketLocation", "s3:ListBucket", "s3:GetObject", "s3:PutObject"}
    bucket = environment("worker-1")["BAOKU_SHELF_URL"].removeprefix("s3://")
    for one in policy["Statement"]:
        (resource,) = one["Resource"]
        assert resource.removeprefix("arn:aws:s3:::").split("/")[0] == bucket
    assert f"mc mb --ignore-existing store/{bucket}\n" in config("bucket")


def test_the_bucket_is_made_by_whoever_may_and_tried_with_the_key_of_baoku(tmp_path: Path) -> None:
    script = config("bucket").replace(SECRETS, f"{tmp_path}/")
    for name, value in (("store_user", "root"), ("store_password", "r"), ("shelf_key", "k\ns")):
        (tmp_path / name).write_text(f"{value}\n", encoding="ascii")
    mc = tmp_path / "mc"
    mc.write_text('#!/bin/sh\necho "$@ $MC_HOST_store $MC_HOST_archive" >&2\n', encoding="ascii")
    mc.chmod(0o700)
    done = subprocess.run(  # noqa: S603 - the file's own words, and an mc that only repeats them
        ["bash", "-c", script, "bucket", "/policy"],  # noqa: S607 - the image's is /bin/bash
        env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    hosts = "http://root:r@store:9000 http://k:s@store:9000"
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines() == [
        f"mb --ignore-existing store/baoku {hosts}",
        f"version enable store/baoku {hosts}",
        f"admin policy create store baoku /policy {hosts}",
        f"admin user add store k s {hosts}",
        f"admin policy attach store baoku --user k {hosts}",
        f"ls archive/baoku {hosts}",
    ]


def test_make_secrets_draws_what_the_services_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "secrets"
    make = ["make", "--no-print-directory", "secrets", f"SECRETS={folder}"]
    subprocess.run(make, cwd=HOUSE, check=True, capture_output=True)  # noqa: S603
    found = {path.name: path for path in folder.iterdir()}
    assert {f"secrets/{name}" for name in found} == {
        one["file"] for one in COMPOSE["secrets"].values()
    }
    assert {path.stat().st_mode & 0o777 for path in found.values()} == {0o600}
    read_token(found["readers_token"])
    assert all(8 <= len(word) <= 40 for word in read_key(found["shelf_key"]))
    password = found["postgres_password"].read_text("ascii").strip()
    monkeypatch.setenv("BAOKU_DATABASE_URL_FILE", str(found["database_url"]))
    url = load_settings(home=tmp_path).database_url
    assert url == f"postgresql+psycopg://baoku:{password}@postgres/baoku"
    again = subprocess.run(make, cwd=HOUSE, check=False, capture_output=True, text=True)  # noqa: S603
    assert again.returncode != 0
    assert "nothing was changed" in again.stdout
    assert found["postgres_password"].read_text("ascii").strip() == password
