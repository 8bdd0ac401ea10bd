"""One request, one whole answer: httpx over our own wire."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import cast

import httpcore
import httpx

from crawler.fetch.border import border
from crawler.fetch.framing import announced_size, closes_html, without_interim
from crawler.fetch.inflate import decoded, is_gzip
from crawler.fetch.limits import Limits
from crawler.fetch.pace import Turn, closing_turn
from crawler.fetch.tape import Tape
from crawler.fetch.validators import Conditions
from crawler.fetch.wire import Wire
from press.capture import Exchange, header_of
from press.errors import Truncated

_KEEP_ALIVE_S = 60.0


class Unproven(Truncated):
    """An answer whose `body` may have been cut unnoticed: HTML, ended only by a closed connection.

    The same body in a second answer proves it.
    """

    def __init__(self, message: str, *, body: bytes) -> None:
        super().__init__(message)
        self.body = body


class Client:
    """Asks. Keeps connections alive, at most one a host, and nothing else between two requests.

    It uses httpx's requests, responses and transports, not its Client, which would keep cookies
    and fail at a redirect that leads nowhere before the answer can be kept.
    `authorities` is a file (PEM) of certificate authorities to be trusted besides the usual ones.
    """

    def __init__(
        self, *, wire: Wire, limits: Limits, user_agent: str, authorities: Path | None
    ) -> None:
        self._wire = wire
        self._limits = limits
        self._transport = _Transport(wire, authorities)
        self._headers = (
            (b"User-Agent", user_agent.encode("ascii")),
            (b"Accept", b"*/*"),
            (b"Accept-Encoding", b"gzip"),
        )

    def ask(
        self,
        url: httpx.URL,
        turn: Turn,
        unproven: bytes | None = None,
        conditions: Conditions = (),
    ) -> Exchange:
        """The answer to a GET of `url`, sent when its turn has come.

        `unproven` is the body of an earlier answer that raised Unproven, None for none.
        Raises Unproven, Unreachable, Truncated, OversizedAnswer, RefusedEncoding, or
        ForbiddenAddress.
        """
        turn.approach()
        tape = self._wire.begin(turn)
        with border(str(url), tape), closing_turn(turn):
            request = httpx.Request("GET", url, headers=[*self._headers, *conditions])
            response = self._transport.handle_request(request)
            try:
                tape.answering = True
                encoding = response.headers.get("content-encoding")
                body = decoded(response.iter_raw(), encoding, self._limits)
                exchange, is_proven = _whole(str(url), response, body, tape)
            except BaseException:
                tape.hang_up()
                raise
            finally:
                response.close()
            if not is_proven and body != unproven:
                raise Unproven("The page ends without its closing tag; try again", body=body)
            return exchange

    def close(self) -> None:
        """Closes the connections."""
        self._transport.close()


class _Transport(httpx.BaseTransport):
    """httpcore's connection pool, over our wire, as httpx wants it."""

    def __init__(self, wire: Wire, authorities: Path | None) -> None:
        trust = httpx.create_ssl_context(trust_env=False)
        if authorities is not None:
            trust.load_verify_locations(cafile=authorities)
        self._pool = httpcore.ConnectionPool(
            ssl_context=trust,
            http1=True,
            http2=False,
            keepalive_expiry=_KEEP_ALIVE_S,
            network_backend=wire,
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The answer's head; its body is read from the stream."""
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
            )
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer))

    def close(self) -> None:
        """Closes the pool."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    """An answer's body, without its transfer framing."""

    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from cast(Iterable[bytes], self._answer.stream)

    def close(self) -> None:
        self._answer.close()


def _whole(url: str, response: httpx.Response, body: bytes, tape: Tape) -> tuple[Exchange, bool]:
    """The exchange, and whether its own bytes prove that it is whole.

    Raises Truncated when they prove that it is not.
    """
    if tape.sent_at is None:
        raise Truncated("The answer came before the request was sent; try again")
    headers = tuple(
        (name.decode("latin-1"), value.decode("latin-1")) for name, value in response.headers.raw
    )
    wire = without_interim(bytes(tape.answer))
    announced = announced_size(wire, response.status_code, headers)
    if announced is not None and announced != len(wire):
        raise Truncated("The answer does not match its length; try again")
    exchange = Exchange(
        url=url,
        request_bytes=bytes(tape.request),
        response_bytes=wire,
        status=response.status_code,
        headers=headers,
        body=body,
        sent_at=tape.sent_at,
        ip_address=tape.ip_address,
    )
    return exchange, announced is not None or _ends_itself(exchange)


def _ends_itself(exchange: Exchange) -> bool:
    """True when a body that only the closed connection ends cannot have been cut unnoticed."""
    if is_gzip(header_of(exchange.headers, "content-encoding")) and exchange.body:
        return True
    content_type = exchange.header("content-type") or ""
    is_html = content_type.partition(";")[0].strip().lower() == "text/html"
    return not is_html or closes_html(exchange.body)
