"""After a run: a person is told what is new, once, and the metrics file is written."""

from collections.abc import Iterator
from importlib.metadata import version
from typing import Protocol

import structlog
from pydantic import SecretStr

from cli.clock import SystemClock
from cli.messenger import Messenger, masked
from cli.settings import Settings
from cli.terminal import printed, side_screen
from pipeline.news import News, news_of
from press.clock import Clock
from press.errors import HomeUnusable
from storage.catalogue import Catalogue
from storage.export.prometheus import write_metrics

log = structlog.get_logger()


class Sender(Protocol):
    """Who carries a message to an address."""

    def send(self, alarm: SecretStr, title: str, body: str) -> bool:
        """True when the address took it; what goes wrong is False, never an error."""
        ...


def conclude(catalogue: Catalogue, settings: Settings, *, as_json: bool) -> None:
    """What follows a run that the catalogue knows to be finished. Raises StoreError.

    What fails here is said on stderr and changes nothing of how the run ended.
    """
    clock = SystemClock()
    sentences = [*tell(catalogue, settings, clock, Messenger())]
    sentences += _measure(catalogue, settings)
    for sentence in () if as_json else sentences:
        side_screen().print(printed(f"baoku: {sentence}"), soft_wrap=True)


def tell(catalogue: Catalogue, settings: Settings, clock: Clock, sender: Sender) -> tuple[str, ...]:
    """Tells every address of `alarms` what nobody was told yet; gives what went wrong, in sentences.

    Told is what at least one address took: it is not told again. What none took stays untold, and
    the next run tries again. Killed between sending and remembering, it is told twice, never not
    at all. Without alarms nothing is sent and nothing counts as told. Raises StoreError.
    """
    if not settings.alarms:
        return ()
    with catalogue.reading() as reader:
        news = news_of(reader.findings())
    if news is None:
        return ()
    failed = tuple(_send(news, settings.alarms, sender))
    if len(failed) < len(settings.alarms):
        with catalogue.writing() as writer:
            writer.mark_told(news.told, clock.now())
        log.info("told", title=news.title, findings=len(news.told))
    return failed


def _send(news: News, alarms: tuple[SecretStr, ...], sender: Sender) -> Iterator[str]:
    """A sentence for each address that did not take it."""
    for number, alarm in enumerate(alarms, start=1):
        if sender.send(alarm, news.title, news.body):
            continue
        name = masked(alarm)
        log.error("telling_failed", alarm=name, number=number, title=news.title)
        yield (
            f"alarm {number} ({name}) did not take the message: check the address in alarms with "
            "baoku doctor"
        )


def _measure(catalogue: Catalogue, settings: Settings) -> Iterator[str]:
    if settings.metrics_file is None:
        return
    try:
        with catalogue.reading() as reader:
            write_metrics(settings.metrics_file, reader, version("baoku"))
    except HomeUnusable as error:
        log.error("metrics_failed", file=str(settings.metrics_file))
        yield str(error)
