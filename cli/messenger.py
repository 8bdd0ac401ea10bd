"""The way out to a person: apprise, held so that it asks nobody else and gives no secret away."""

import json
import os
import subprocess
import sys
from pathlib import Path

from pydantic import SecretStr

TIMEOUT_S = 60.0
"""How long one address may take, the pieces of a long message together."""

_COURIER = Path(__file__).with_name("courier.py")
_PROXIES = {"http_proxy", "https_proxy", "all_proxy", "no_proxy"}


class Messenger:
    """Sends through apprise, each message in a process of its own.

    A service that never answers is left when `timeout_s` is over. What apprise would print or log
    is seen by nobody: it may quote the address, which is a secret.
    """

    def __init__(self, timeout_s: float = TIMEOUT_S) -> None:
        self._timeout_s = timeout_s

    def send(self, alarm: SecretStr, title: str, body: str) -> bool:
        """Sends plain text to an address; True when its service took it.

        The service is spoken to directly: no proxy of the environment, no password of a .netrc, no
        redirect. A message that is too long for it goes in pieces.
        """
        return self._run(alarm=alarm.get_secret_value(), title=title, body=body)

    def knows(self, alarm: SecretStr) -> bool:
        """True where apprise has a service for the address and finds it complete. Asks nobody."""
        return self._run(alarm=alarm.get_secret_value())

    def _run(self, **errand: str) -> bool:
        try:
            done = subprocess.run(  # noqa: S603 - our own file, run by our own Python
                [sys.executable, "-P", str(_COURIER)],
                input=json.dumps(errand).encode(),  # not an argument: those are for all to see
                env=_environment(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=self._timeout_s,
                check=False,
            )
        except (subprocess.TimeoutExpired, OSError):  # too slow, or no process can be made
            return False
        return done.returncode == 0


def masked(alarm: SecretStr) -> str:
    """An address without what is secret, which may be any part but its scheme."""
    return alarm.get_secret_value().partition("://")[0] + "://***"


def _environment() -> dict[str, str]:
    """The environment without proxies and without stored passwords."""
    kept = {name: value for name, value in os.environ.items() if name.lower() not in _PROXIES}
    return kept | {"NO_PROXY": "*", "NETRC": os.devnull}
