"""The services of docker-compose.yml without containers: each with its own words and variables.

    PYTHONPATH=. python bench/services.py

PostgreSQL, an S3, and a stand-in site take the places of what Compose starts and asks. Says when the
scheduler, the workers and the reading room pass their health checks, and what then is archived; ends
with 1 where a page of today's issue is not, or where a service does not end by itself.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from press.clock import beijing_date
from tests.compose.reading import HOUSE, SERVICES, environment, words
from tests.storage.postgresql import passing_server

BAOKU = [sys.executable, "-m", "cli.main"]
S3_PORT, ROOM_PORT = 18090, 18082
PATIENCE_S = 180.0
PAGES = 8


def main() -> int:
    """Starts everything, waits for today's issue, ends everything."""
    with tempfile.TemporaryDirectory(prefix="baoku-services-", dir="/tmp") as name:
        folder = Path(name)
        secrets = folder / "secrets"
        make = ["make", "--no-print-directory", "secrets", f"SECRETS={secrets}"]
        subprocess.run(make, cwd=HOUSE, check=True)  # noqa: S603
        running: list[subprocess.Popen[str]] = []
        try:
            with passing_server() as server:
                (secrets / "database_url").write_text(server.url, encoding="utf-8")
                return archived(folder, running)
        finally:
            for process in running:
                process.kill()


def archived(folder: Path, running: list[subprocess.Popen[str]]) -> int:
    """Runs the services until today's issue is in the archive; 0 when all went well."""
    today = str(beijing_date(datetime.now(UTC)))
    site = started(running, [sys.executable, "-m", "replica", "--latest", today], {})
    assert site.stdout is not None  # noqa: S101
    url = json.loads(site.stdout.readline())["url"]
    moto = Path(sys.executable).with_name("moto_server")
    started(running, [str(moto), "-H", "127.0.0.1", "-p", str(S3_PORT)], {})
    bucket = Request(f"http://127.0.0.1:{S3_PORT}/baoku", method="PUT")
    patiently("the bucket", lambda: urlopen(bucket, timeout=5).status == 200)  # noqa: S310
    ours = {}
    for name, more in (
        ("scheduler", ["--site", url]),
        ("worker-1", ["--site", url]),
        ("worker-2", ["--site", url]),
        ("readingroom", [f"--port={ROOM_PORT}", "--host=127.0.0.1"]),
    ):
        variables = variables_of(name, folder)
        said = [local(word, folder) for word in words(SERVICES[name]["command"])]
        ours[name] = started(running, [*BAOKU, *said, *more], variables)
        check = words(SERVICES[name]["healthcheck"]["test"])[1:]
        patiently(name, lambda check=check, variables=variables: passes(check, variables))
    token = (folder / "secrets" / "readers_token").read_text("ascii").strip()
    asked = Request(
        f"http://127.0.0.1:{ROOM_PORT}/api/v1/papers", headers={"Authorization": f"Bearer {token}"}
    )
    patiently("today's issue", lambda: is_whole(json.load(urlopen(asked, timeout=20))))  # noqa: S310
    for process in ours.values():
        process.send_signal(signal.SIGTERM)
    ends = {name: process.wait(20) for name, process in ours.items()}
    print(f"ended: {ends}")
    return int(any(code not in {0, -signal.SIGTERM} for code in ends.values()))


def started(
    running: list[subprocess.Popen[str]], command: list[str], variables: dict[str, str]
) -> subprocess.Popen[str]:
    """A process with no variable of Baoku's but these; only Baoku itself is heard complaining."""
    rest = {key: value for key, value in os.environ.items() if not key.startswith("BAOKU_")}
    running.append(
        subprocess.Popen(  # noqa: S603
            command,
            env=rest | variables,
            cwd=HOUSE,
            stdout=subprocess.PIPE,
            stderr=None if command[: len(BAOKU)] == BAOKU else subprocess.DEVNULL,
            text=True,
        )
    )
    return running[-1]


def variables_of(name: str, folder: Path) -> dict[str, str]:
    """The service's variables, and a home of its own."""
    said = {key: local(value, folder) for key, value in environment(name).items()}
    return said | {"BAOKU_HOME": str(folder / name), "BAOKU_INTERVAL_S": "0.2"}


def local(word: str, folder: Path) -> str:
    """A word of the file as it is on this machine."""
    word = word.replace("/run/secrets/", f"{folder}/secrets/")
    return word.replace("http://store:9000", f"http://127.0.0.1:{S3_PORT}")


def passes(check: list[str], variables: dict[str, str]) -> bool:
    """Whether a health check passes here and now."""
    programs = {"baoku": BAOKU, "python": [sys.executable]}
    here = [word.replace(":8080", f":{ROOM_PORT}") for word in check[1:]]
    return not subprocess.run(  # noqa: S603
        [*programs[check[0]], *here],
        env=os.environ | variables,
        cwd=HOUSE,
        check=False,
        capture_output=True,
    ).returncode


def is_whole(found: dict[str, Any]) -> bool:
    """Whether every page of the issue is in the archive."""
    return [paper["states"] for paper in found["papers"]] == [{"archived": PAGES}]


def patiently(what: str, is_so: Callable[[], bool]) -> None:
    """Waits until it is so, and says how long that was."""
    began = time.monotonic()
    while True:
        try:
            if is_so():
                break
        except OSError:
            pass
        if time.monotonic() > began + PATIENCE_S:
            raise TimeoutError(what)
        time.sleep(1)
    print(f"{what}: after {time.monotonic() - began:.0f} s", flush=True)


if __name__ == "__main__":
    sys.exit(main())
