"""Baoku's reading beside general extractors and a hand-written floor, on the replica's pages.

Each tool reads the same pages in the same order in one process of its own. bench/README.md says how
to install the others and how to read the figures.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from reader import NOT_INSTALLED
from sample import Sample, coverage, draw
from score import PageScore, score_page, summary

OURS = {"Baoku": "baoku", "lxml, 2 XPaths": "xpath"}
PEERS = {
    "trafilatura": "trafilatura",
    "trafilatura, no tables": "trafilatura:read_without_tables",
    "newspaper4k": "newspaper4k",
    "GNE": "gne",
    "GNE with XPath hints": "gne:read_with_hints",
}
COLUMNS = {
    "ms_median": "ms median", "ms_mean": "ms mean", "ms_p95": "ms p95", "cpu_ms_mean": "CPU ms",
    "headline_exact": "headline %", "headline_within": "within %", "body_f1": "body F1",
    "body_whole": "F1 ≥ .99 %", "body_spurious": "spurious %", "leak": "leak %",
    "leak_chrome": "chrome %", "leak_titles": "titles %", "leak_captions": "captions %",
    "errors": "errors",
}  # fmt: skip
SHOWN_DIFFERENCES = 10
TIMEOUT_S = 1800
READER = Path(__file__).with_name("reader.py")


def main() -> int:
    """0, or 1 when Baoku itself could not be measured."""
    asked = _arguments()
    samples = draw(asked.pages, asked.seed)
    print(f"seed {asked.seed}: {coverage(samples)}", file=sys.stderr)
    pythons = dict.fromkeys(OURS.values(), sys.executable)
    pythons |= dict.fromkeys(PEERS.values(), asked.peers_python)
    figures: dict[str, dict[str, Any]] = {}
    differences: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        questions = Path(folder) / "sample.json"
        questions.write_text(json.dumps([s.question for s in samples], ensure_ascii=False), "utf-8")
        for name, tool in (OURS | PEERS).items():
            report = _read(name, tool, pythons[tool], questions)
            if report is None:
                continue
            scores = [
                score_page(answer, sample.truth, sample.article, sample.page)
                for answer, sample in zip(report["answers"], samples, strict=True)
            ]
            figures[name] = summary(report, scores)
            if tool == "baoku":
                differences = _differences(report["answers"], scores, samples)
    machine = _machine()
    if asked.json:
        print(
            json.dumps(
                {"seed": asked.seed, **machine, "tools": figures, "differences": differences},
                ensure_ascii=False,
            )
        )
    else:
        _show(figures, differences, machine)
    return 0 if "Baoku" in figures else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument(
        "--pages", type=int, default=500, metavar="N", help="how many article pages (default 500)"
    )
    parser.add_argument(
        "--seed", type=int, default=7, help="which newspaper is invented (default 7)"
    )
    parser.add_argument(
        "--peers-python", metavar="PATH", help="the Python that has the other extractors"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object instead of tables")
    asked = parser.parse_args()
    if asked.peers_python and shutil.which(asked.peers_python) is None:
        parser.error(f"--peers-python: {asked.peers_python} is no program")
    if asked.pages < 20:
        parser.error("--pages must be at least 20: fewer say nothing")
    return asked


def _read(name: str, tool: str, python: str | None, questions: Path) -> dict[str, Any] | None:
    """What the tool's process found; None, and a line on stderr, when it is not installed."""
    if python is None:
        print(f"{name}: not measured, --peers-python is not given", file=sys.stderr)
        return None
    target = questions.with_name("answers.json")
    command = [python, "-W", "ignore", str(READER), tool, str(questions), str(target)]
    ended = subprocess.run(  # noqa: S603 - our own reader, no shell
        command, check=False, stderr=subprocess.PIPE, text=True, timeout=TIMEOUT_S
    )
    if ended.returncode == NOT_INSTALLED:
        missing = ended.stderr.strip().splitlines()[-1]
        print(f"{name}: not measured, {python} has no module {missing}", file=sys.stderr)
        return None
    if ended.returncode:
        raise SystemExit(f"{name}: its reader failed\n{ended.stderr}")
    report: dict[str, Any] = json.loads(target.read_text("utf-8"))
    return report


def _differences(
    answers: list[dict[str, Any]], scores: list[PageScore], samples: list[Sample]
) -> list[str]:
    """Where Baoku's record is not the truth, a line each."""
    found = []
    for answer, score, sample in zip(answers, scores, samples, strict=True):
        where = f"{sample.article.kind} {sample.article.url}"
        if score.error:
            found.append(f"{where}: {score.error}")
        found += [
            f"{where}: {key} is {answer['record'][key]!r}, not {sample.truth[key]!r}"[:400]
            for key in score.differing or ()
        ]
    return found


def _machine() -> dict[str, Any]:
    return {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "load": os.getloadavg()[0],
    }


def _show(
    figures: dict[str, dict[str, Any]], differences: list[str], machine: dict[str, Any]
) -> None:
    print(
        f"Python {machine['python']}, {machine['cores']} cores ({machine['machine']}), load at the end {machine['load']:.1f}\n"
    )
    print(f"| tool | version | pages | {' | '.join(COLUMNS.values())} |")
    print("|---|---|" + "---:|" * (len(COLUMNS) + 1))
    for name, own in figures.items():
        cells = [str(own[key]) for key in COLUMNS]
        print(f"| {name} | {own['version']} | {own['pages']} | {' | '.join(cells)} |")
    if "Baoku" in figures:
        print(
            f"\nBaoku: every field exact and the account closed on {figures['Baoku']['record_exact']} % of the pages"
        )
        print(
            f"differences: {len(differences)}"
            + "".join(f"\n  {line}" for line in differences[:SHOWN_DIFFERENCES])
        )


if __name__ == "__main__":
    sys.exit(main())
