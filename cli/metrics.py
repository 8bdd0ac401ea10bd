"""The archive in numbers, as a text file that Prometheus' node exporter reads."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from press.errors import HomeUnusable
from press.run import History
from storage.catalogue import Reader

if TYPE_CHECKING:
    from prometheus_client.core import GaugeMetricFamily

COMMAND = ("command",)


def write_metrics(file: Path, reader: Reader, version: str) -> None:
    """Puts a new file in the old one's place; a reader sees the one or the other, whole.

    Raises HomeUnusable when it cannot be written.
    """
    from prometheus_client import CollectorRegistry, write_to_textfile  # noqa: PLC0415 - slow

    registry = CollectorRegistry()
    registry.register(_Collection(reader, version))
    try:
        write_to_textfile(str(file), registry)
    except OSError as error:
        raise HomeUnusable(
            f"the metrics file {file} cannot be written ({error.strerror}): give metrics_file a "
            "folder that exists and is writable"
        ) from error


class _Collection:
    """What prometheus-client asks for the families."""

    def __init__(self, reader: Reader, version: str) -> None:
        self._reader = reader
        self._version = version

    def collect(self) -> Iterator["GaugeMetricFamily"]:
        reader = self._reader
        yield _family("info", "Which Baoku wrote this.", {(self._version,): 1}, ("version",))
        yield from _run_families(reader.histories())
        yield _family("pages", "Pages in the ledger.", reader.state_counts(), ("paper", "state"))
        counts = reader.counts()
        yield _family("articles", "Articles in the archive.", {(): counts.articles})
        yield _family("captures", "Records on the shelf.", {(): counts.captures})
        shelf_bytes = sum(reader.committed_ends().values())
        yield _family("shelf_bytes", "Bytes on the shelf.", {(): shelf_bytes})
        kinds = Counter(one.finding.kind for one in reader.findings() if one.closed_at is None)
        by_kind = {(kind,): count for kind, count in sorted(kinds.items())}
        yield _family("findings_open", "What a person should look at.", by_kind, ("kind",))


def _run_families(histories: tuple[History, ...]) -> Iterator["GaugeMetricFamily"]:
    """The newest run of each command; one that has not ended has no end, duration or exit code."""
    runs = {(history.command,): history.last for history in histories}
    ends = {name: run.finished_at for name, run in runs.items() if run.finished_at is not None}
    yield _family(
        "run_start_timestamp_seconds",
        "When the newest run of a command began.",
        {name: run.started_at.timestamp() for name, run in runs.items()},
        COMMAND,
    )
    yield _family(
        "run_end_timestamp_seconds",
        "When it ended.",
        {name: moment.timestamp() for name, moment in ends.items()},
        COMMAND,
    )
    yield _family(
        "run_duration_seconds",
        "How long it took.",
        {name: (moment - runs[name].started_at).total_seconds() for name, moment in ends.items()},
        COMMAND,
    )
    yield _family(
        "run_exit_code",
        "How it ended.",
        {name: run.exit_code for name, run in runs.items() if run.exit_code is not None},
        COMMAND,
    )
    yield _family(
        "success_timestamp_seconds",
        "When a run of a command last ended with exit code 0, 10 or 11.",
        {
            (history.command,): history.succeeded_at.timestamp()
            for history in histories
            if history.succeeded_at is not None
        },
        COMMAND,
    )


def _family(
    name: str, meaning: str, values: Mapping[tuple[str, ...], float], labels: tuple[str, ...] = ()
) -> "GaugeMetricFamily":
    from prometheus_client.core import GaugeMetricFamily  # noqa: PLC0415 - slow

    family = GaugeMetricFamily(f"baoku_{name}", meaning, labels=labels)
    for words, value in values.items():
        family.add_metric(words, value)
    return family
