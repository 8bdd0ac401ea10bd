"""The archive in numbers, as Prometheus reads them: as a text, or as a file for its node exporter."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from press.errors import HomeUnusable
from press.run import History
from storage.catalogue import Reader

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry
    from prometheus_client.core import GaugeMetricFamily


def write_metrics(file: Path, reader: Reader, version: str) -> None:
    """Puts a new file in the old one's place; a reader sees the one or the other, whole.

    Raises HomeUnusable when it cannot be written.
    """
    from prometheus_client import write_to_textfile  # noqa: PLC0415 - slow

    try:
        write_to_textfile(str(file), _registry(reader, version))
    except OSError as error:
        raise HomeUnusable(
            f"the metrics file {file} cannot be written ({error.strerror}): give metrics_file a "
            "folder that exists and is writable"
        ) from error


def metrics_text(reader: Reader, version: str) -> bytes:
    """What the file would hold."""
    from prometheus_client import generate_latest  # noqa: PLC0415 - slow

    return generate_latest(_registry(reader, version))


def _registry(reader: Reader, version: str) -> "CollectorRegistry":
    from prometheus_client import CollectorRegistry  # noqa: PLC0415 - slow

    registry = CollectorRegistry()
    registry.register(_Collection(reader, version))
    return registry


class _Collection:
    """What prometheus-client asks for the families."""

    def __init__(self, reader: Reader, version: str) -> None:
        self._reader = reader
        self._version = version

    def collect(self) -> Iterator["GaugeMetricFamily"]:
        reader = self._reader
        counts = reader.counts()
        ends = reader.committed_ends().values()
        kinds = Counter(one.finding.kind for one in reader.findings() if one.closed_at is None)
        yield _family("info", "Which Baoku wrote this.", [((self._version,), 1)], ("version",))
        yield from _run_families(reader.histories())
        yield _family(
            "pages", "Pages in the ledger.", reader.state_counts().items(), ("paper", "state")
        )
        yield _family("articles", "Articles in the archive.", [((), counts.articles)])
        yield _family("captures", "Records on the shelf.", [((), counts.captures)])
        yield _family("shelf_bytes", "Bytes on the shelf.", [((), sum(ends))])
        yield _family(
            "findings_open",
            "What a person should look at.",
            [((kind,), count) for kind, count in sorted(kinds.items())],
            ("kind",),
        )


def _run_families(histories: Sequence[History]) -> Iterator["GaugeMetricFamily"]:
    """The newest run of each command; one that has not ended has no end, duration or exit code."""
    runs = [history.last for history in histories]
    begun = [(run.command, run.started_at.timestamp()) for run in runs]
    ended = [(run.command, run.finished_at.timestamp()) for run in runs if run.finished_at]
    lasted = [
        (run.command, (run.finished_at - run.started_at).total_seconds())
        for run in runs
        if run.finished_at
    ]
    codes = [(run.command, run.exit_code) for run in runs if run.exit_code is not None]
    succeeded = [
        (history.command, history.succeeded_at.timestamp())
        for history in histories
        if history.succeeded_at
    ]
    yield _by_command("run_start_timestamp_seconds", "When the newest run began.", begun)
    yield _by_command("run_end_timestamp_seconds", "When the newest run ended.", ended)
    yield _by_command("run_duration_seconds", "How long the newest run took.", lasted)
    yield _by_command("run_exit_code", "How the newest run ended.", codes)
    yield _by_command(
        "success_timestamp_seconds", "When a run last ended with 0, 10 or 11.", succeeded
    )


def _by_command(
    name: str, meaning: str, values: Iterable[tuple[str, float]]
) -> "GaugeMetricFamily":
    return _family(name, meaning, [((command,), value) for command, value in values], ("command",))


def _family(
    name: str,
    meaning: str,
    samples: Iterable[tuple[Sequence[str], float]],
    labels: tuple[str, ...] = (),
) -> "GaugeMetricFamily":
    from prometheus_client.core import GaugeMetricFamily  # noqa: PLC0415 - slow

    family = GaugeMetricFamily(f"baoku_{name}", meaning, labels=labels)
    for words, value in samples:
        family.add_metric(words, value)
    return family
