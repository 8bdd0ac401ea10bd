"""`baoku serve`: the reading room on a port of this machine."""

import socket
from importlib.metadata import version
from ipaddress import ip_address
from pathlib import Path

import click
import uvicorn

from cli.clock import SystemClock
from cli.logs import start_logging
from cli.options import archive_options, doorplate
from cli.wiring import archive_to_read, settings_here
from press.errors import SettingError, UsageError
from readingroom.app import make_app
from readingroom.doorkeeper import Allowance, Doorkeeper
from readingroom.library import BUDGET_S, Library
from readingroom.patience import PatientProtocol
from readingroom.rooms.router import make_rooms
from readingroom.shield import MAX_HEAD_BYTES, Rules

HERE = frozenset({"localhost", "127.0.0.1", "[::1]"})
MIN_TOKEN_CHARACTERS = 32
IDLE_S = 15
LAST_S = 8
"""How long answers in hand may take after SIGTERM."""


@click.command()
@click.option("--host", default="127.0.0.1", metavar="ADDRESS", help="Where it listens.")
@click.option("--port", type=click.IntRange(0, 65535), default=8080, help="0: any free port.")
@click.option(
    "--token-file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="A file with the secret that readers must give; only its owner may read it.",
)
@click.option(
    "--behind-proxy",
    "names",
    multiple=True,
    metavar="NAME",
    help="A proxy of yours serves it under that name; may be given again.",
)
@archive_options
def serve(*, host: str, port: int, token_file: Path | None, names: tuple[str, ...]) -> None:
    """Read the archive in a browser, or by programs: pages, a REST API, Atom feeds.

    Nothing can be changed there. It listens on this machine alone, unless there is a token or
    a proxy. SIGTERM and Ctrl-C end it.
    """
    start_logging(for_machines=False)
    token = None if token_file is None else read_token(token_file)
    is_local = is_loopback(host)
    if not is_local and token is None and not names:
        raise UsageError(
            f"{host} can be reached from other machines: give --token-file, or --behind-proxy "
            "with the name under which your proxy serves it"
        )
    rules = Rules(
        hosts=None if token and not names else HERE | {name.lower() for name in names},
        is_behind_proxy=bool(names),
    )
    allowance = None if is_local and not names else Allowance()
    doorkeeper = Doorkeeper(token=token, allowance=allowance)
    with archive_to_read(settings_here(), budget_s=BUDGET_S) as archive:
        library = Library(archive.catalogue, archive.shelf, SystemClock())
        app = make_app(
            library,
            archive.home.folder,
            rules=rules,
            doorkeeper=doorkeeper,
            version=version("baoku"),
            rooms=make_rooms(library),
        )
        with listening(host, port) as line:
            click.echo(f"baoku: the reading room is open at {address_of(line)}; Ctrl-C closes it")
            uvicorn.Server(
                uvicorn.Config(
                    app,
                    http=PatientProtocol,
                    ws="none",
                    lifespan="off",
                    proxy_headers=False,  # the shield reads them, from the proxy's end
                    server_header=False,
                    access_log=doorplate().verbose,
                    log_level="info" if doorplate().verbose else "warning",
                    h11_max_incomplete_event_size=MAX_HEAD_BYTES,
                    timeout_keep_alive=IDLE_S,
                    timeout_graceful_shutdown=LAST_S,
                )
            ).run(sockets=[line])


def read_token(file: Path) -> str:
    """The secret in a file. Raises SettingError where it is short, or others may read it."""
    try:
        mode, token = file.stat().st_mode, file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(
            f"the token file {file} cannot be read: give a text file with one secret"
        ) from error
    if mode & 0o077:
        raise SettingError(f"others may read the token file: chmod 600 {file}")
    if len(token) < MIN_TOKEN_CHARACTERS:
        raise SettingError(
            f"the token in {file} is short: make one with python3 -c "
            "'import secrets; print(secrets.token_urlsafe(32))'"
        )
    return token


def is_loopback(host: str) -> bool:
    """True for an address that only this machine reaches."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def listening(host: str, port: int) -> socket.socket:
    """A socket that takes connections there. Raises UsageError where it is taken."""
    name = host.strip("[]")
    try:
        return socket.create_server(
            (name, port), family=socket.AF_INET6 if ":" in name else socket.AF_INET, backlog=512
        )
    except (OSError, OverflowError) as error:
        raise UsageError(
            f"nothing can listen at {host} port {port} ({error}): choose another --port or --host"
        ) from error


def address_of(line: socket.socket) -> str:
    """The address as a browser takes it."""
    host, port = line.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"
