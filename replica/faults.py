"""How each fault spoils a healthy answer. Those that change an issue itself are in replica.site."""

import gzip
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from replica import answer, strangers
from replica.answer import Answer
from replica.scenario import FaultName

RETRY_AFTER_S: Final = 7


def _page_404(_healthy: Answer, _path: str) -> Answer:
    return answer.missing()


def _soft_404(_healthy: Answer, _path: str) -> Answer:
    return answer.page(strangers.NOT_FOUND)


def _soft_404_jump(_healthy: Answer, _path: str) -> Answer:
    return answer.page(strangers.NOT_FOUND_JUMP)


def _challenge(_healthy: Answer, _path: str) -> Answer:
    return answer.page(strangers.CHALLENGE).with_header("Set-Cookie", "guard=8c1f; Path=/")


def _challenge_403(healthy: Answer, path: str) -> Answer:
    return replace(_challenge(healthy, path), status=403)


def _captcha(_healthy: Answer, _path: str) -> Answer:
    return answer.page(strangers.CAPTCHA)


def _captcha_403(_healthy: Answer, _path: str) -> Answer:
    return answer.page(strangers.CAPTCHA, status=403)


def _login(_healthy: Answer, _path: str) -> Answer:
    return answer.page(strangers.LOGIN)


def _home_page(_healthy: Answer, _path: str) -> Answer:
    return answer.page(strangers.HOME)


def _too_many_requests(_healthy: Answer, _path: str) -> Answer:
    busy = answer.page(strangers.BUSY, status=429)
    return busy.with_header("Retry-After", str(RETRY_AFTER_S))


def _busy(_healthy: Answer, _path: str) -> Answer:
    busy = answer.page(strangers.BUSY, status=503)
    return busy.with_header("Retry-After", str(RETRY_AFTER_S))


def _error(_healthy: Answer, _path: str) -> Answer:
    return answer.page(b"<html><body>500 Internal Server Error</body></html>", status=500)


def _slow(healthy: Answer, _path: str) -> Answer:
    return replace(healthy, pause_s=0.5, piece_bytes=64)


def _truncated(healthy: Answer, _path: str) -> Answer:
    whole = healthy.body
    return replace(healthy, body=whole[: len(whole) * 3 // 5], claimed_length=len(whole))


def _truncated_gzip(healthy: Answer, _path: str) -> Answer:
    packed = gzip.compress(healthy.body, mtime=0)
    cut = replace(healthy, body=packed[: len(packed) * 2 // 3])
    return cut.with_header("Content-Encoding", "gzip")


def _wrong_charset(healthy: Answer, _path: str) -> Answer:
    try:
        healthy.body.decode("utf-8")
    except UnicodeDecodeError:
        return healthy.with_header("Content-Type", "text/html; charset=utf-8")
    return healthy.with_header("Content-Type", "text/html; charset=gbk")


def _empty_body(healthy: Answer, _path: str) -> Answer:
    return replace(healthy, body=b"")


def _redirected(healthy: Answer, path: str) -> Answer:
    if path.startswith("/html/cqrb/"):
        return healthy
    return answer.moved("/html" + path)


SPOIL: Final[Mapping[FaultName, Callable[[Answer, str], Answer]]] = {
    "page_404": _page_404,
    "soft_404": _soft_404,
    "soft_404_jump": _soft_404_jump,
    "soft_404_article": _soft_404,
    "challenge": _challenge,
    "challenge_403": _challenge_403,
    "captcha": _captcha,
    "captcha_403": _captcha_403,
    "login": _login,
    "home_page": _home_page,
    "too_many_requests": _too_many_requests,
    "busy": _busy,
    "error": _error,
    "slow": _slow,
    "truncated": _truncated,
    "truncated_gzip": _truncated_gzip,
    "wrong_charset": _wrong_charset,
    "empty_body": _empty_body,
    "redirected": _redirected,
}
"""From a healthy answer and its path to the spoiled one; a fault that is not here leaves it."""
