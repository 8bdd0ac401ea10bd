"""The sockets: guarded where they are opened, timed and taped at each read and write."""

import socket
import ssl
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias

import httpcore
from httpcore import SOCKET_OPTION  # the type of an argument that we must accept

from crawler.fetch.address import Network, literal_address, vetted_addresses
from crawler.fetch.limits import Limits
from crawler.fetch.pace import Turn
from crawler.fetch.tape import Tape
from press.clock import Clock

Resolver: TypeAlias = Callable[[str, int], Sequence[str]]
"""The addresses of a host at a port, as literals, all of them; raises OSError for no such name."""


def resolve(host: str, port: int) -> Sequence[str]:
    """The system's answer. Bounded by the system's own time limits only."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise socket.gaierror(socket.EAI_NONAME, f"{host} is no host name") from error
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


class Wire(httpcore.NetworkBackend):
    """Opens every connection of a Fetcher, for one exchange at a time."""

    def __init__(
        self,
        *,
        clock: Clock,
        limits: Limits,
        resolve: Resolver,
        private_networks: tuple[Network, ...],
    ) -> None:
        self._clock = clock
        self._limits = limits
        self._resolve = resolve
        self._private_networks = private_networks
        self._sockets = httpcore.SyncBackend()
        self._tape: Tape | None = None

    def begin(self, turn: Turn) -> Tape:
        """A fresh tape for the exchange that starts now."""
        self._tape = Tape(clock=self._clock, limits=self._limits, turn=turn)
        return self._tape

    @property
    def tape(self) -> Tape:
        """The running exchange's."""
        if self._tape is None:
            raise RuntimeError("no exchange has begun")
        return self._tape

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first vetted address that takes one; `timeout` is not ours."""
        tape = self.tape
        found = (host,) if literal_address(host) else self._resolve(host, port)
        addresses = vetted_addresses(host, found, self._private_networks)
        give_up = self._clock.monotonic() + self._limits.connect_s
        failure: Exception = OSError(f"{host} has no address")
        for remaining, address in zip(range(len(addresses), 0, -1), addresses, strict=True):
            share_s = max(0.001, (give_up - self._clock.monotonic()) / remaining)
            try:
                stream = self._sockets.connect_tcp(
                    address, port, timeout=min(share_s, tape.left_s()), socket_options=()
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return TapedStream(self, stream, address, self._limits.connect_s)
        raise failure


class TapedStream(httpcore.NetworkStream):
    """One connection; what is read and written goes onto the tape of the running exchange."""

    def __init__(
        self, wire: Wire, stream: httpcore.NetworkStream, address: str, connect_s: float
    ) -> None:
        self._wire = wire
        self._stream = stream
        self._address = address
        self._connect_s = connect_s
        self._has_answered = False

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """What has come, b"" at the end; `timeout` is not ours."""
        tape = self._wire.tape
        data = self._stream.read(tape.read_bytes(max_bytes), timeout=tape.read_wait_s())
        self._has_answered = True
        tape.receive(data)
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Sends the request when its turn has come; `timeout` is not ours."""
        if not buffer:
            return
        tape = self._wire.tape
        tape.hold()
        if self._has_answered and self._stream.get_extra_info("is_readable"):
            # Closed, or speaking unasked: the pool drops it and opens a fresh one.
            raise httpcore.ConnectionNotAvailable
        try:
            self._stream.write(buffer, timeout=tape.left_s())
        finally:
            tape.leave(buffer, self, self._address)

    def close(self) -> None:
        """Closes the socket."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """The same connection, encrypted, with its own tape above the encryption."""
        wait_s = min(self._connect_s, self._wire.tape.left_s())
        stream = self._stream.start_tls(ssl_context, server_hostname, timeout=wait_s)
        return TapedStream(self._wire, stream, self._address, self._connect_s)

    def get_extra_info(self, info: str) -> Any:
        """As the stream below: the peer's address, whether bytes wait to be read, and so on."""
        return self._stream.get_extra_info(info)
