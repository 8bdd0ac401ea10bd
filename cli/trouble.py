"""What keeps the daemon from its work: logged, and told to whoever set an alarm."""

import structlog

from cli.messenger import masked
from cli.settings import Settings
from cli.telling import Sender
from press.errors import ArchiveHeld, StoreError

log = structlog.get_logger()


class Crier:
    """Cries trouble out: into the log, and to every alarm of the settings.

    Of a held archive no alarm is given: it is somebody else's run. The alarms go out here and not
    through the catalogue's findings, for the trouble may be the catalogue itself.
    """

    def __init__(self, settings: Settings, sender: Sender) -> None:
        self._alarms = settings.alarms
        self._sender = sender
        self._is_alarmed = False

    def tell(self, error: StoreError | None) -> None:
        """Says what is wrong; None: that it is over, to whoever was told that it was wrong."""
        if error is None:
            log.warning("trouble_over")
            if self._is_alarmed:
                self._send("Baoku: works again", "The daemon can fill the archive again.")
            self._is_alarmed = False
        elif isinstance(error, ArchiveHeld):
            log.warning("archive_held", message=str(error))
        else:
            log.error("trouble", message=str(error), exit_code=error.exit_code)
            self._send("Baoku: the archive cannot be filled", str(error))
            self._is_alarmed = True

    def _send(self, title: str, body: str) -> None:
        for number, alarm in enumerate(self._alarms, start=1):
            if not self._sender.send(alarm, title, body):
                log.error("telling_failed", alarm=masked(alarm), number=number, title=title)
