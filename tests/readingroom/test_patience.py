"""Half a request does not hold a line for ever."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn

from readingroom.patience import PatientProtocol


class Hasty(PatientProtocol):
    """The same, with less patience than a test has."""

    patience_s = 0.1


async def hello(scope, receive, send):  # type: ignore[no-untyped-def]
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"hello"})


@asynccontextmanager
async def serving() -> AsyncIterator[int]:
    config = uvicorn.Config(hello, http=Hasty, ws="none", lifespan="off", log_level="critical")
    config.load()
    server = uvicorn.Server(config)
    loop = asyncio.get_running_loop()

    def protocol() -> Hasty:
        return Hasty(config=config, server_state=server.server_state, app_state={})

    listener = await loop.create_server(protocol, "127.0.0.1", 0)
    yield listener.sockets[0].getsockname()[1]
    listener.close()


async def rest_of(*pieces: bytes) -> bytes:
    """What comes back, until the line is closed, for a request sent so."""
    async with serving() as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
        try:
            return await asyncio.wait_for(reader.read(), 10)
        except ConnectionResetError:
            return b""
        finally:
            writer.close()


def test_a_line_on_which_nothing_comes_is_closed() -> None:
    assert asyncio.run(rest_of()) == b""


def test_half_a_head_is_not_waited_for() -> None:
    assert asyncio.run(rest_of(b"GET / HTTP/1.1\r\nHost: localhost\r\n")) == b""


def test_a_whole_request_is_answered() -> None:
    got = asyncio.run(rest_of(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
    assert b"hello" in got
