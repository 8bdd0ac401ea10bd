"""The vault that the settings name: its key, its patience, and what this writer is called in it."""

import platform
import re
import secrets
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from cli.settings import Settings
from press.errors import SettingError
from storage.raw.vault import Vault

VAULT_FILE_BYTES: Final = 32 << 20
"""A file goes into the vault whole, out of memory: it is sealed when it is larger than this."""

_HOST_CHARACTERS: Final = 40
_OTHERS: Final = 0o077


def vault_of(
    settings: Settings,
    *,
    budget_s: float | None = None,
    load: Callable[[str], Any] = import_module,
) -> Vault | None:
    """The vault of the setting shelf_url; None where there is none. It is not asked anything yet.

    With a budget no answer is waited for longer than that, and none asked for twice. Raises
    SettingError, also where `load` finds no obstore; VaultUnusable where its folder is not there.
    """
    if settings.shelf_url is None:
        return None
    try:
        objects = load("storage.raw.objects")
    except ModuleNotFoundError as error:
        raise SettingError(
            'the setting "shelf_url" needs obstore: python -m pip install "baoku[objects]"'
        ) from error
    file = settings.shelf_key_file
    words = None if file is None else read_key(file)
    vault: Vault = objects.open_vault(
        settings.shelf_url,
        endpoint=settings.shelf_endpoint,
        region=settings.shelf_region,
        key=None if words is None else objects.Key(id=words[0], secret=words[1]),
        patience=objects.Patience()
        if budget_s is None
        else objects.Patience(timeout_s=budget_s, retries=0),
    )
    return vault


def read_key(file: Path) -> tuple[str, str]:
    """The access key and its secret, a line each. Raises SettingError, which repeats neither."""
    try:
        mode, words = file.stat().st_mode, file.read_text(encoding="utf-8").split()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(f"the key file {file} cannot be read: {error}") from error
    if mode & _OTHERS:
        raise SettingError(f"others may read the key file: chmod 600 {file}")
    if len(words) != 2:
        raise SettingError(
            f"{file} is no key file: give the access key on its first line, the secret on its second"
        )
    return words[0], words[1]


def writer_name(host: str | None = None, token: str | None = None) -> str:
    """What this process's files in the vault end with: its machine's name, and a random one."""
    told = platform.node() if host is None else host
    plain = re.sub(r"[^a-z0-9]+", "-", told.lower())[:_HOST_CHARACTERS].strip("-") or "host"
    return f"{plain}-{token or secrets.token_hex(4)}"
