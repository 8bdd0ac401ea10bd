"""One tick of the daemon: asks the plan what is due, and holds the archive only for that."""

from cli.clock import SystemClock
from cli.harvesting import harvest_of, rules_of
from cli.results import told
from cli.running import running
from cli.settings import Settings
from cli.stopping import Stop
from cli.wiring import archive_to_fill, archive_to_read
from pipeline.plan import EveryPage, keeping_up
from pipeline.upkeep import plan_due
from press.errors import HomeUnusable
from press.model import PageNo
from press.paper import Paper


class Upkeep:
    """Keeps one page of a paper, or "all", up to date."""

    def __init__(
        self,
        settings: Settings,
        paper: Paper,
        page_no: PageNo | EveryPage,
        *,
        site: str | None,
        stop: Stop,
    ) -> None:
        self._settings = settings
        self._paper = paper
        self._page_no = page_no
        self._site = site
        self._stop = stop
        self._clock = SystemClock(stop)
        self._is_proven = False

    def tick(self) -> None:
        """Does what is due now; each result is told as soon as its page is in the archive.

        The first tick opens archive and site even when nothing is due, so that what is wrong with
        them is known now and not at eight in the morning. Raises SettingError and StoreError, and
        Stopped when the run is to end before all is done.
        """
        is_due = self._is_anything_due()
        if self._is_proven and not is_due:
            return
        with (
            archive_to_fill(self._settings) as archive,
            harvest_of(
                archive, self._settings, self._paper, site=self._site, stop=self._stop
            ) as harvest,
        ):
            self._is_proven = True
            if not is_due:
                return
            now, rules = self._clock.now(), rules_of(self._settings)
            asked = f"{self._paper.slug} what is due page {self._page_no}"
            intents = plan_due(archive.catalogue, self._paper, self._page_no, now, rules)
            policy = keeping_up(self._paper, now, rules)
            done = harvest.carry_out(intents, policy, is_stopped=self._stop.before_next)
            with running(
                archive, self._settings, "schedule run", asked, self._clock, as_json=True
            ) as run:
                for result in told(done, as_json=True):
                    run.add(result)

    def _is_anything_due(self) -> bool:
        """Looks without holding the archive; where there is none yet, everything is due.

        One that cannot be read counts as none: it may be in the making, or a crash left something
        that only a run which holds it can put right.
        """
        now, rules = self._clock.now(), rules_of(self._settings)
        try:
            with archive_to_read(self._settings) as archive:
                due = plan_due(archive.catalogue, self._paper, self._page_no, now, rules)
                return next(due, None) is not None
        except HomeUnusable:
            return True
