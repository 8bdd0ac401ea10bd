"""Vaults in S3, in a folder and in memory keep alike, and say what is wrong in one sentence."""

import hashlib
import io
import os
from datetime import UTC, datetime

import pytest
from obstore.store import MemoryStore

from press.errors import ArchiveDamaged, CaptureMissing, SettingError, VaultUnusable
from storage.raw.objects import Key, ObjectVault, open_vault
from storage.raw.vault import VaultStream
from tests.vaults import HASTY, KEY, SINGLE

NAME = "baoku-20260112220000-00001-desk-0f3a9c21.warc.gz"
DATA = bytes(range(256)) * 20


@pytest.fixture
def sealed(tmp_path):
    """A sealed file that is to go into a vault."""
    path = tmp_path / NAME
    path.write_bytes(DATA)
    return path


@pytest.fixture(params=["s3", "folder", "memory"])
def vault(request, tmp_path):
    """The same vault in three stores."""
    if request.param == "s3":
        return request.getfixturevalue("bucket")()
    if request.param == "memory":
        return ObjectVault(MemoryStore(), "memory://")
    (tmp_path / "vault").mkdir()
    url = (tmp_path / "vault").as_uri()
    return open_vault(url, endpoint=None, region="x", key=None, patience=HASTY)


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def test_what_is_deposited_is_read_back_by_piece_and_as_a_stream(vault, sealed):
    vault.deposit(sealed, sha256(DATA))
    assert vault.size_bytes(NAME) == len(DATA)
    assert vault.read(NAME, offset=3, length=300) == DATA[3:303]
    assert vault.read(NAME, offset=len(DATA) - 5, length=99) == DATA[-5:]
    assert vault.read(NAME, offset=len(DATA), length=1) == b""
    assert vault.read(NAME, offset=len(DATA) + 9, length=1) == b""
    with io.BufferedReader(VaultStream(vault, NAME), 1000) as stream:
        assert stream.read(700) == DATA[:700]
        assert stream.seek(-6, os.SEEK_END) == len(DATA) - 6
        assert stream.read() == DATA[-6:]
        assert (stream.seek(5), stream.tell(), stream.read(2)) == (5, 5, DATA[5:7])
        stream.seek(len(DATA) + 5)
        assert stream.read() == b""
    (held,) = vault.files()
    assert (held.name, held.size_bytes) == (NAME, len(DATA))
    assert abs((held.stored_at - datetime.now(UTC)).total_seconds()) < 600


def test_the_same_file_again_is_no_error_and_another_is_damage(vault, sealed):
    vault.deposit(sealed, sha256(DATA))
    vault.deposit(sealed, sha256(DATA))
    sealed.write_bytes(DATA[:-1])
    with pytest.raises(ArchiveDamaged, match=f"another {NAME} than .*who else writes"):
        vault.deposit(sealed, sha256(DATA[:-1]))
    assert vault.size_bytes(NAME) == len(DATA)


def test_what_is_not_there_is_missing(vault):
    for ask in (
        lambda: vault.read(NAME, offset=0, length=1),
        lambda: vault.size_bytes(NAME),
        lambda: VaultStream(vault, NAME),
        lambda: vault.noted_sha256(NAME),
    ):
        with pytest.raises(CaptureMissing, match=f"{NAME} is not in "):
            ask()
    assert list(vault.files()) == []


def test_a_store_notes_the_digest_and_a_folder_does_not(vault, sealed, tmp_path):
    vault.deposit(sealed, sha256(DATA))
    in_folder = (tmp_path / "vault").exists()
    assert vault.noted_sha256(NAME) == (None if in_folder else sha256(DATA))


def test_a_file_is_sent_once_with_its_checksum_and_only_where_nothing_is(gate, bucket, sealed):
    vault = bucket()
    gate.asked.clear()
    vault.deposit(sealed, sha256(DATA))
    method, path, headers = gate.asked[0]
    assert (method, path.rpartition("/")[2]) == ("PUT", NAME)
    assert headers["if-none-match"] == "*"
    assert headers["x-amz-content-sha256"] == sha256(DATA)
    assert headers["x-amz-checksum-sha256"]
    assert [one[0] for one in gate.asked] == ["PUT", "GET"]  # and read back
    assert KEY.secret not in repr(gate.asked) + repr(KEY)


def test_nothing_is_taken_from_the_environment_of_aws(gate, bucket, sealed, monkeypatch):
    for name, value in {
        "AWS_SESSION_TOKEN": "somebody's",
        "AWS_ACCESS_KEY_ID": "somebody's",
        "AWS_ENDPOINT_URL_S3": "http://127.0.0.1:1",
        "AWS_CONDITIONAL_PUT": "disabled",
        "AWS_SKIP_SIGNATURE": "true",
        "AWS_UNSIGNED_PAYLOAD": "true",
        "AWS_VIRTUAL_HOSTED_STYLE_REQUEST": "true",
        "AWS_REGION": "elsewhere",
    }.items():
        monkeypatch.setenv(name, value)
    vault = bucket()
    gate.asked.clear()
    vault.deposit(sealed, sha256(DATA))
    _, _, headers = gate.asked[0]
    assert "x-amz-security-token" not in headers
    assert headers["if-none-match"] == "*"
    assert f"Credential={KEY.id}/" in headers["authorization"]
    assert "/us-east-1/s3/" in headers["authorization"]
    assert headers["x-amz-content-sha256"] == sha256(DATA)


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_store_that_stumbles_is_asked_again(gate, bucket, sealed, status):
    vault = bucket()
    gate.faults["PUT"] = [status, status]
    gate.faults["GET"] = [status]
    vault.deposit(sealed, sha256(DATA))
    assert vault.read(NAME, offset=0, length=9) == DATA[:9]


def test_a_store_that_is_down_is_unusable_and_leaves_the_file_here(gate, bucket, sealed):
    vault = bucket()
    gate.faults["PUT"] = [503, "always"]
    with pytest.raises(VaultUnusable, match=r"cannot be used now \(503 Service Unavailable\)"):
        vault.deposit(sealed, sha256(DATA))
    assert sealed.exists()
    gate.faults.clear()
    vault.deposit(sealed, sha256(DATA))


@pytest.mark.parametrize("patience", [HASTY, SINGLE], ids=["retried", "not retried"])
def test_a_reply_that_was_lost_is_no_loss(gate, bucket, sealed, patience):
    vault = bucket(patience)
    gate.faults["PUT"] = ["lost"]
    try:
        vault.deposit(sealed, sha256(DATA))
    except VaultUnusable:
        vault.deposit(sealed, sha256(DATA))  # as the next run does
    assert vault.read(NAME, offset=0, length=len(DATA)) == DATA


@pytest.mark.parametrize(("status", "patience"), [(403, HASTY), (401, SINGLE)])
def test_a_key_that_is_refused_is_named_without_its_secret(gate, bucket, sealed, status, patience):
    vault = bucket(patience)
    gate.faults["PUT"] = [status, "always"]
    gate.faults["LIST"] = [status, "always"]
    for ask in (lambda: vault.deposit(sealed, sha256(DATA)), lambda: list(vault.files())):
        with pytest.raises(VaultUnusable, match=r"shelf_key_file|cannot be used") as caught:
            ask()
        assert caught.value.exit_code == 30
        assert KEY.secret not in str(caught.value)
        assert "\n" not in str(caught.value)


def test_a_bucket_that_is_not_there_is_told_for_every_question(gate, sealed):
    vault = gate.vault("no-such-bucket")
    for ask in (
        lambda: vault.deposit(sealed, sha256(DATA)),
        lambda: list(vault.files()),
        lambda: vault.read(NAME, offset=0, length=1),
    ):
        with pytest.raises(VaultUnusable, match="names no bucket that exists: make it"):
            ask()


def test_a_store_that_nobody_listens_at_is_unusable(sealed):
    vault = open_vault(
        "s3://bucket/raw", endpoint="http://127.0.0.1:1", region="x", key=KEY, patience=SINGLE
    )
    with pytest.raises(VaultUnusable, match="try again later"):
        vault.deposit(sealed, sha256(DATA))


def test_an_answer_that_is_cut_is_asked_for_again_or_told(gate, bucket, sealed):
    vault = bucket(SINGLE)
    vault.deposit(sealed, sha256(DATA))
    gate.faults["GET"] = ["cut", "always"]
    with pytest.raises(VaultUnusable):
        vault.read(NAME, offset=0, length=len(DATA))
    gate.faults["GET"] = ["cut"]
    assert bucket.again().read(NAME, offset=0, length=len(DATA)) == DATA


def test_a_store_that_kept_other_bytes_is_found_out_when_they_are_read_back(gate, bucket, sealed):
    vault = bucket()
    gate.faults["GET"] = ["altered"]
    with pytest.raises(ArchiveDamaged, match="has another"):
        vault.deposit(sealed, sha256(DATA))


@pytest.mark.parametrize(
    "url",
    [
        "bucket",
        "http://bucket/x",
        "s3://",
        "s3://bucket/x?endpoint=y",
        "s3://hunter2@b",
        "file://host/x",
        "file:x",
    ],
)
def test_what_is_no_address_of_a_vault_is_a_wrong_setting(url):
    with pytest.raises(SettingError, match="shelf_url") as caught:
        open_vault(url, endpoint=None, region="x", key=KEY, patience=HASTY)
    assert "hunter2" not in str(caught.value)


def test_s3_needs_a_key():
    with pytest.raises(SettingError, match="shelf_key_file"):
        open_vault("s3://bucket", endpoint=None, region="x", key=None, patience=HASTY)


def test_a_folder_is_never_made_for_a_disk_may_not_be_mounted(tmp_path):
    url = (tmp_path / "nas" / "baoku").as_uri()
    with pytest.raises(VaultUnusable, match="mount or make it"):
        open_vault(url, endpoint=None, region="x", key=None, patience=HASTY)
    assert list(tmp_path.iterdir()) == []


def test_an_endpoint_that_names_the_bucket_is_used_as_it_is(gate, sealed):
    vault = open_vault(
        "s3://127/raw", endpoint=gate.endpoint, region="x", key=KEY, patience=SINGLE
    )  # the endpoint's host begins with 127, so that this is the bucket's own
    gate.asked.clear()
    gate.faults["PUT"] = [500]
    with pytest.raises(VaultUnusable):
        vault.deposit(sealed, sha256(DATA))
    assert gate.asked[0][1] == f"/raw/{NAME}"


def test_what_lies_deeper_is_no_part_of_the_vault(tmp_path, sealed):
    folder = tmp_path / "vault"
    (folder / "deeper").mkdir(parents=True)
    (folder / "deeper" / NAME).write_bytes(b"x")
    (folder / "notes.txt").write_bytes(b"mine")
    vault = open_vault(folder.as_uri(), endpoint=None, region="x", key=None, patience=HASTY)
    vault.deposit(sealed, sha256(DATA))
    assert sorted(file.name for file in vault.files()) == [NAME, "notes.txt"]
    assert (folder / NAME).stat().st_mode & 0o777 == 0o444


def test_a_key_is_not_printed():
    assert "secret" not in f"{Key(id='a', secret='secret')!r}"
