"""The way out to a person: apprise, held so that it asks nobody else and gives no secret away."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pydantic import SecretStr

if TYPE_CHECKING:
    from apprise import Apprise

TIMEOUT_S = 60.0
"""How long one address may take, the pieces of a long message together."""

_DIRECT = {"NO_PROXY": "*", "no_proxy": "*", "NETRC": os.devnull}


class Messenger:
    """Sends through apprise, which is imported only here: it takes a while."""

    def send(self, alarm: SecretStr, title: str, body: str) -> bool:
        """Sends plain text to an address; True when its service took it.

        The service is spoken to directly: no proxy of the environment, no password of a .netrc, no
        redirect. A message that is too long for it goes in pieces.
        """
        with _hushed(), _directly():
            box = _box(alarm)
            return bool(
                box and box.notify(body=body, title=title, body_format="text", timeout=TIMEOUT_S)
            )


def is_known(alarm: SecretStr) -> bool:
    """True where apprise knows a service for the address and finds it complete. Asks nobody."""
    with _hushed():
        return bool(_box(alarm))


def masked(alarm: SecretStr) -> str:
    """An address without what is secret, which may be any part but its scheme."""
    return alarm.get_secret_value().partition("://")[0] + "://***"


def _box(alarm: SecretStr) -> "Apprise":
    """Apprise with that one address; empty, and so false, when it does not know it."""
    from apprise import Apprise, AppriseAsset  # noqa: PLC0415 - slow, and rarely needed
    from apprise.common import OverflowMode  # noqa: PLC0415

    asset = AppriseAsset(
        app_id="Baoku",
        app_desc="Baoku",
        app_url="",
        http_redirects=False,
        async_mode=False,
        storage_mode="memory",
        allow_templates=False,
        image_path_mask=False,
    )
    box = Apprise(asset=asset)
    service = Apprise.instantiate(alarm.get_secret_value(), asset=asset)
    if service is not None:
        service.overflow_mode = OverflowMode.SPLIT
        box.add(service)
    return box


@contextmanager
def _hushed() -> Iterator[None]:
    """No log of apprise's, or of what it uses: they may quote the address."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


@contextmanager
def _directly() -> Iterator[None]:
    """The environment without proxies and passwords, for as long as requests looks into it."""
    before = {name: os.environ.get(name) for name in _DIRECT}
    os.environ.update(_DIRECT)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
