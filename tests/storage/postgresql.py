"""A PostgreSQL server of our own: in a folder of its own, on a Unix socket, gone with the tests."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

SETTINGS = {"fsync": "off", "full_page_writes": "off", "listen_addresses": ""}


def binaries() -> Path | None:
    """The folder of the newest PostgreSQL's programs on this machine; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_major)
    on_path = shutil.which("initdb")
    found += [Path(on_path)] if on_path else []
    return found[-1].resolve().parent if found else None


@contextmanager
def serving(folder: Path, **settings: str) -> Iterator[str]:
    """The address of an empty database, served from `folder`, which must not be there yet.

    The server refuses to be root: then it is the user "postgres".
    """
    programs = binaries()
    assert programs is not None
    user = "postgres" if os.geteuid() == 0 else None
    folder.mkdir(mode=0o700)
    if user is not None:
        shutil.chown(folder, user)
    data = folder / "data"
    make = [programs / "initdb", "-D", data, "-U", "baoku", "-A", "trust", "-E", "UTF8", "-N"]
    quiet = {"user": user, "stdout": subprocess.DEVNULL, "cwd": folder}
    subprocess.run([*make, "--locale=C.UTF-8"], check=True, **quiet)  # type: ignore[call-overload]  # noqa: S603
    options = " ".join(f"-c {name}={value!r}" for name, value in (SETTINGS | settings).items())
    control = [programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log"]
    start = [*control, "-o", f"-k {folder} {options}", "start"]
    subprocess.run(start, check=True, **quiet)  # type: ignore[call-overload]  # noqa: S603
    try:
        yield f"postgresql+psycopg://baoku@/postgres?host={folder}"
    finally:
        stop = [*control, "-m", "immediate", "stop"]
        subprocess.run(stop, check=True, **quiet)  # type: ignore[call-overload]  # noqa: S603


@contextmanager
def passing_server() -> Iterator[str]:
    """A server in a folder with a short path, deleted afterwards: a socket's path is short."""
    folder = Path(mkdtemp(prefix="baoku-pg-", dir="/tmp"))
    folder.chmod(0o711)
    try:
        with serving(folder / "s") as url:
            yield url
    finally:
        shutil.rmtree(folder)


def _major(initdb: Path) -> int:
    return int(initdb.parts[-3])
