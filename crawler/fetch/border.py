"""The border at which the errors of the libraries below become ours."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import httpcore
import httpx

from press.errors import (
    CrawlError,
    FetchError,
    ForbiddenAddress,
    OversizedAnswer,
    Truncated,
    Unreachable,
)

FOREIGN: Final[tuple[type[Exception], ...]] = (
    httpx.HTTPError,
    httpx.InvalidURL,
    httpx.StreamError,
    httpx.CookieConflict,
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.UnsupportedProtocol,
    httpcore.ConnectionNotAvailable,
    OSError,  # ssl.SSLError and socket.gaierror are among them
)
"""Every error that httpx, httpcore, ssl and the sockets can raise, by its root."""

_NO_URL: Final = (httpx.InvalidURL, httpx.UnsupportedProtocol, httpcore.UnsupportedProtocol)
_NO_CONNECTION: Final = (httpx.ConnectTimeout, httpcore.ConnectTimeout)
_TOO_SLOW: Final = (httpx.TimeoutException, httpcore.TimeoutException, TimeoutError)


class Progress:
    """How far an exchange is: `answering` once its header block is whole."""

    answering = False


@contextmanager
def border(url: str, progress: Progress | None = None) -> Iterator[None]:
    """Within it, foreign errors are raised as ours, chained, and each error knows the `url`."""
    try:
        yield
    except CrawlError as error:
        error.url = error.url or url
        raise
    except FOREIGN as error:
        answering = progress is not None and progress.answering
        raise translated(error, url=url, answering=answering) from error


def translated(error: Exception, *, url: str, answering: bool) -> FetchError:
    """Our error for a foreign one; `answering` tells whether the headers had come."""
    reason = f"{error}" or type(error).__name__
    if isinstance(error, _NO_URL):
        return ForbiddenAddress(f"This is no address that can be fetched: {reason}", url=url)
    if isinstance(error, _NO_CONNECTION):
        return Unreachable("The server takes no connection in time; try again later", url=url)
    if isinstance(error, _TOO_SLOW):
        return OversizedAnswer("The server fell silent; try again later", url=url)
    if answering:
        return Truncated(f"The answer broke off; try again: {reason}", url=url)
    return Unreachable(f"No answer came; check the address, or try again: {reason}", url=url)
