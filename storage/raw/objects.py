"""A vault in an object store (S3 and its like) or in a folder, by obstore: the extra `objects`."""

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import obstore
from obstore.exceptions import (
    AlreadyExistsError,
    BaseError,
    GenericError,
    PermissionDeniedError,
    UnauthenticatedError,
)
from obstore.store import LocalStore, MemoryStore, S3Store

from press.errors import ArchiveDamaged, CaptureMissing, SettingError, VaultUnusable
from storage.raw.disk import COPY_BYTES, open_to_read, sync_folder
from storage.raw.vault import Vaulted

if TYPE_CHECKING:
    from obstore.store import S3Credential  # there for type checkers only

_NOTE = "sha256"
_STATUS = re.compile(r"status code: (\d{3}(?: [A-Z][a-z]+)*)")
_PAST_THE_END = re.compile(r"status code: 416|range was invalid|Invalid range")
"""What the stores say of a range that begins at the end of a file, or after it."""

_CODE = re.compile(r"<Code>(\w+)</Code>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long one request may take, and how often one that failed is sent again.

    The waits between double from `first_wait_s`; all of it ends after three times `timeout_s`.
    """

    timeout_s: float = 120.0
    retries: int = 4
    first_wait_s: float = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """What an object store knows its user by; `secret` is never printed."""

    id: str
    secret: str

    def __repr__(self) -> str:
        return "Key(...)"


class ObjectVault:
    """A Vault in any store of obstore's. `where` is what messages call it.

    `folder` is where a LocalStore keeps its files: obstore leaves them writable, and to the
    system's memory, so that they are synced here.
    """

    def __init__(
        self, store: S3Store | LocalStore | MemoryStore, where: str, *, folder: Path | None = None
    ) -> None:
        self._store = store
        self._where = where
        self._folder = folder

    def deposit(self, path: Path, sha256: str) -> None:
        """As Vault says: created only where nothing is, then read back."""
        name, data = path.name, path.read_bytes()
        with self._telling(name):
            with suppress(AlreadyExistsError):  # an earlier attempt's, or the digest tells
                obstore.put(
                    self._store,
                    name,
                    data,
                    mode="create",
                    use_multipart=False,  # a multipart upload overwrites what is there
                    attributes=None if self._folder else {_NOTE: sha256},
                )
            if self._folder is not None:
                _make_lasting(self._folder, name)
        if self._digest(name) != sha256:
            raise ArchiveDamaged(
                f"{self._where} has another {name} than {path}: find out who else writes there, "
                "and restore the right one from a backup"
            )

    def files(self) -> Iterator[Vaulted]:
        """As Vault says; what lies deeper than the shelf's files is left out."""
        with self._telling(None):
            for batch in obstore.list(self._store):
                for meta in batch:
                    if "/" not in meta["path"]:
                        yield Vaulted(
                            name=meta["path"],
                            size_bytes=meta["size"],
                            stored_at=meta["last_modified"],
                        )

    def size_bytes(self, name: str) -> int:
        """As Vault says."""
        with self._telling(name):
            return obstore.head(self._store, name)["size"]

    def read(self, name: str, *, offset: int, length: int) -> bytes:
        """As Vault says."""
        with self._telling(name):
            try:
                return bytes(obstore.get_range(self._store, name, start=offset, length=length))
            except GenericError as error:
                if _PAST_THE_END.search(str(error)):
                    return b""
                raise

    def noted_sha256(self, name: str) -> str | None:
        """As Vault says: a folder keeps no notes."""
        with self._telling(name):
            attributes = obstore.get(self._store, name, options={"head": True}).attributes
        return attributes.get(_NOTE)

    def _digest(self, name: str) -> str:
        digest = hashlib.sha256()
        with self._telling(name):
            for piece in obstore.get(self._store, name).stream(min_chunk_size=COPY_BYTES):
                digest.update(piece)
        return digest.hexdigest()

    @contextmanager
    def _telling(self, name: str | None) -> Iterator[None]:
        """Turns obstore's errors, some of which are the system's, into ours."""
        try:
            yield
        except (BaseError, OSError) as error:
            raise _told(error, self._where, name) from error


def open_vault(
    url: str, *, endpoint: str | None, region: str, key: Key | None, patience: Patience
) -> ObjectVault:
    """The vault at s3://BUCKET/FOLDER, or in a folder that exists, file:///FOLDER.

    `endpoint` is the address of a store that is not Amazon's; where it names the bucket it is
    used as it is. Nothing is asked of the store. Raises SettingError, VaultUnusable where the
    folder is not there.
    """
    parts = urlsplit(url)
    if parts.scheme == "file" and not parts.netloc and parts.path.startswith("/"):
        return _in_folder(Path(unquote(parts.path)), url)
    is_plain = not (parts.query or parts.fragment or "@" in parts.netloc)
    if parts.scheme != "s3" or not parts.netloc or not is_plain:
        raise SettingError(
            'the setting "shelf_url" is no address of a vault: give one like s3://bucket/folder, '
            "or file:///folder"
        )
    if key is None:
        raise SettingError(
            f'{url} needs a key: name a file that holds it in the setting "shelf_key_file"'
        )
    return ObjectVault(_s3(parts.netloc, parts.path, endpoint, region, key, patience), url)


def _in_folder(folder: Path, url: str) -> ObjectVault:
    if not folder.is_dir():  # never made here: it may be a disk that is not mounted
        raise VaultUnusable(f"there is no folder {folder}: mount or make it, or correct shelf_url")
    return ObjectVault(LocalStore(folder), url, folder=folder)


def _s3(
    bucket: str, prefix: str, endpoint: str | None, region: str, key: Key, patience: Patience
) -> S3Store:
    """Everything that obstore would else take from the environment is said here."""
    address = endpoint or f"https://s3.{region}.amazonaws.com"
    host = urlsplit(address).hostname or ""
    return S3Store(
        bucket,
        prefix=prefix.strip("/") or None,
        endpoint=address,
        aws_endpoint_url_s3=address,
        region=region,
        virtual_hosted_style_request=host.startswith(f"{bucket}."),
        conditional_put="etag",
        checksum_algorithm="SHA256",
        skip_signature=False,
        unsigned_payload=False,
        s3_express=False,
        credential_provider=lambda: _credential(key),
        client_options={
            "allow_http": address.startswith("http://"),
            "timeout": timedelta(seconds=patience.timeout_s),
            "connect_timeout": timedelta(seconds=min(10.0, patience.timeout_s)),
        },
        retry_config={
            "max_retries": patience.retries,
            "retry_timeout": timedelta(seconds=3 * patience.timeout_s),
            "backoff": {
                "init_backoff": timedelta(seconds=patience.first_wait_s),
                "max_backoff": timedelta(seconds=32 * patience.first_wait_s),
                "base": 2,
            },
        },
    )


def _credential(key: Key) -> "S3Credential":
    return {
        "access_key_id": key.id,
        "secret_access_key": key.secret,
        "token": None,
        "expires_at": None,
    }


def _make_lasting(folder: Path, name: str) -> None:
    """Syncs a file that a LocalStore wrote, and makes it read-only."""
    descriptor = open_to_read(folder / name)
    try:
        os.fchmod(descriptor, 0o444)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    sync_folder(folder)


def _told(error: Exception, where: str, name: str | None) -> VaultUnusable | CaptureMissing:
    said = str(error)
    code, status = _CODE.search(said), _STATUS.search(said)
    reason = code[1] if code else status[1] if status else said.partition("\n")[0][:200]
    if "NoSuchBucket" in said:
        return VaultUnusable(f"{where} names no bucket that exists: make it, or correct shelf_url")
    if isinstance(error, FileNotFoundError) and name is not None:
        return CaptureMissing(f"{name} is not in {where}: restore it from a backup")
    if isinstance(error, PermissionError | PermissionDeniedError | UnauthenticatedError):
        return VaultUnusable(
            f"{where} refuses ({reason}): check the setting shelf_key_file and what its key may do"
        )
    return VaultUnusable(
        f"{where} cannot be used now ({reason}): try again later; what is not there yet is kept here"
    )
