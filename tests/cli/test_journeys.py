"""Real processes: what only they can show."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from click.testing import CliRunner

from cli.main import baoku
from replica.answer import Answer
from replica.newspaper import Newspaper
from replica.scenario import Scenario
from replica.server import ReplicaServer
from replica.site import Site

DAY = date(2026, 1, 10)
PATIENCE_S = 60
ENDING = "baoku: ending after this page; Ctrl-C again ends at once"
STOPPED = "baoku: stopped; what was finished is kept, and the next run takes up the rest"


@dataclass(slots=True)
class DeadlySite:
    """A site whose `fatal` answer is preceded by a signal to the one who asks."""

    site: Site
    fatal: int
    signal: int
    pid: int = 0
    is_set: Event = field(default_factory=Event)
    answered: int = 0

    def answer(self, path: str, headers: Mapping[str, str], earlier: int = 0) -> Answer:
        self.answered += 1
        if self.answered == self.fatal and self.is_set.wait(PATIENCE_S):
            os.kill(self.pid, self.signal)
        return self.site.answer(path, headers, earlier)


@contextmanager
def serving(fatal: int = 0, sign: int = signal.SIGKILL) -> Iterator[tuple[str, DeadlySite]]:
    site = DeadlySite(Site(Newspaper(7), Scenario(name="test")), fatal, sign)
    with ReplicaServer(site) as server:  # type: ignore[arg-type]
        yield server.url, site


def started(home: Path, *words: object) -> "subprocess.Popen[str]":
    environment = {k: v for k, v in os.environ.items() if not k.startswith("BAOKU_")}
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "cli.main", *map(str, words), "--home", str(home)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        cwd=Path(__file__).parents[2],
    )


def ended(process: "subprocess.Popen[str]") -> tuple[int, str, str]:
    out, err = process.communicate(timeout=PATIENCE_S)
    return process.returncode, out, err


def crawl_words(url: str) -> tuple[object, ...]:
    return "crawl", "--site", url, "--interval", 0, "--date", DAY


def here(home: Path, *words: object) -> str:
    """What a command prints that runs in this process and ends well."""
    result = CliRunner().invoke(baoku, [*map(str, words), "--home", str(home)])
    assert result.exit_code == 0, result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> str:
    home = tmp_path_factory.mktemp("undisturbed") / "home"
    with serving() as (url, _):
        here(home, *crawl_words(url))
    return here(home, "export", "--canonical")


@pytest.mark.parametrize("fatal", [1, 4, 8])
def test_a_killed_crawl_done_again_gives_the_export_of_an_undisturbed_one(
    tmp_path: Path, undisturbed: str, fatal: int
) -> None:
    home = tmp_path / "home"
    with serving(fatal) as (url, site):
        process = started(home, *crawl_words(url))
        site.pid = process.pid
        site.is_set.set()
        assert ended(process)[0] == -signal.SIGKILL
        here(home, *crawl_words(url))
    assert here(home, "export", "--canonical") == undisturbed


def test_a_crawl_of_one_page_that_is_interrupted_finishes_the_page(
    tmp_path: Path, undisturbed: str
) -> None:
    home = tmp_path / "home"
    with serving(fatal=4, sign=signal.SIGINT) as (url, site):
        code, err = interrupted(started(home, *crawl_words(url)), site)
    assert (code, err) == (0, [ENDING])
    assert here(home, "export", "--canonical") == undisturbed


def test_an_interrupted_crawl_says_so_and_can_go_on(tmp_path: Path) -> None:
    home, other = tmp_path / "home", tmp_path / "undisturbed"
    with serving(fatal=4, sign=signal.SIGINT) as (url, site):
        words = (*crawl_words(url), "--page", "all")
        code, err = interrupted(started(home, *words), site)
        assert (code, err) == (130, [ENDING, STOPPED])
        here(home, *words)
        here(other, *words)
    assert here(home, "export", "--canonical") == here(other, "export", "--canonical")


def interrupted(process: "subprocess.Popen[str]", site: DeadlySite) -> tuple[int, list[str]]:
    """The exit code, and what was said to people, of a process that the site interrupts."""
    site.pid = process.pid
    site.is_set.set()
    code, _, err = ended(process)
    return code, [line for line in err.splitlines() if line]


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with serving() as (url, _):
        here(home, *crawl_words(url), "--page", "all")
    process = started(home, "export")
    assert process.stdout is not None
    assert process.stdout.readline().startswith("{")
    process.stdout.close()
    process.stdout = None
    _, err = process.communicate(timeout=PATIENCE_S)
    assert (process.returncode, err) == (0, "")


@pytest.mark.parametrize("words", [["paper", "show", "cqrb"], ["paper", "list", "--json"]])
def test_a_reader_that_was_never_there_is_no_error(words: list[str], tmp_path: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = on_stdout(writer, tmp_path, *words)
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="the system has no /dev/full")
@pytest.mark.parametrize("words", [["paper", "show", "cqrb"], ["paper", "list", "--json"]])
def test_no_space_where_the_output_goes_is_one_sentence(words: list[str], tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = on_stdout(full.fileno(), tmp_path, *words)
    assert done.returncode == 30
    (line,) = done.stderr.splitlines()
    assert "No space left" in line


def test_a_name_that_is_not_utf8_is_told_with_its_bytes_escaped(tmp_path: Path) -> None:
    home = tmp_path / os.fsdecode("第七版".encode("gb18030"))
    process = started(home, "show")
    code, _, err = ended(process)
    assert code == 30
    assert r"\udcb5" in err


def test_help_comes_before_anything_heavy_is_imported() -> None:
    heavy = {"sqlalchemy", "lxml", "httpx", "pydantic", "structlog", "rich", "bs4"}
    code = (
        "import sys; from click.testing import CliRunner; from cli.main import baoku;"
        "assert CliRunner().invoke(baoku, ['--help']).exit_code == 0; print(*sys.modules)"
    )
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert not heavy & {name.split(".")[0] for name in done.stdout.split()}


def test_what_nobody_foresaw_is_one_sentence_and_a_file_with_the_traceback(tmp_path: Path) -> None:
    code = (
        "import sys; from cli.doorway import tell_unexpected;"
        "sys.excepthook = tell_unexpected; {}['odd']"
    )
    done = run_code(code, {**os.environ, "TMPDIR": str(tmp_path)})
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("baoku: this should not happen (KeyError: 'odd')")
    (file,) = tmp_path.glob("baoku-*.traceback")
    assert str(file) in line
    assert "Traceback" in file.read_text(encoding="utf-8")


def on_stdout(descriptor: int, folder: Path, *words: str) -> Any:
    return subprocess.run(  # noqa: S603
        [sys.executable, "-m", "cli.main", *words, "--home", str(folder)],
        stdout=descriptor,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )


def run_code(code: str, environment: dict[str, str]) -> Any:
    return subprocess.run(  # noqa: S603
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=False
    )
