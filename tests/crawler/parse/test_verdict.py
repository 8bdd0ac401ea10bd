"""What an answer is before anybody reads it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.parse.verdict import MESSAGE_CHARS, check_status, explain_stranger, is_gone
from press.errors import (
    ChallengePage,
    FetchError,
    LayoutChanged,
    ReadError,
    Refused,
    SlowDown,
    SoftMissing,
    Truncated,
)

STORY = "<p>" + "雨停了，石阶还湿，人们走上街头。" * (MESSAGE_CHARS // 10) + "</p>"
CHALLENGES = [
    "<html><body>请完成验证码</body></html>",
    "<html><body>您的访问过于频繁，请稍后再试</body></html>",
    "<html><body>Just a moment...</body></html>",
    "<html><body>Access Denied</body></html>",
    '<html><script src="/captcha.js"></script></html>',
    '<html><script>document.cookie="__jsl_clearance=1"</script></html>',
    '<form id="challenge-form"></form>',
    '<form><input name="p" type="password"></form>',
    "<form><INPUT NAME=p TYPE = 'password'></form>",
    "<html><script>document.cookie = 'a=1'; location.reload()</script></html>",
    "<html><script>eval (atob('eA=='))</script></html>",
    "<html><script>setTimeout ('go()', 10)</script>请稍候</html>",
]
BOUNCES = [
    "<html><script>location.href='/check'</script></html>",
    "<html><script type='text/javascript'>setTimeout('go()', 10)</script> </html>",
]
MISSING = [
    "<html><body>404 Not Found</body></html>",
    "<html><title>页面找不到</title><body></body></html>",
    "<html><body>您访问的页面不存在</body></html>",
    "<html><body>该版面已被删除</body></html>",
    "<html><body>暂无内容</body></html>",
    "<html><script>location.href='/'</script>页面走丢了</html>",
]
BUSY = [
    "<html><body>系统繁忙</body></html>",
    "<html><body>服务器正在维护</body></html>",
    "<html><title>502 Bad Gateway</title></html>",
]


def test_two_statuses_say_that_nothing_is_there() -> None:
    assert [status for status in range(100, 600) if is_gone(status)] == [404, 410]


@pytest.mark.parametrize("body", [b"<html></html>", "请完成验证码".encode(), b"\xff"])
def test_a_200_with_a_body_passes(body: bytes) -> None:
    check_status(200, body, None, None)


@pytest.mark.parametrize("body", [b"", b" \r\n\t "])
def test_a_200_without_a_body_ended_early(body: bytes) -> None:
    with pytest.raises(Truncated, match="the answer is empty"):
        check_status(200, body, "text/html", None)


@pytest.mark.parametrize(("status", "wait_s"), [(429, 30.0), (503, None), (503, 0.5)])
def test_a_server_that_asks_for_a_pause_is_heard_with_its_wait(
    status: int, wait_s: float | None
) -> None:
    with pytest.raises(SlowDown, match=f"status {status}") as caught:
        check_status(status, b"<html>wait</html>", None, wait_s)
    assert caught.value.wait_s == wait_s


def test_a_429_is_a_pause_even_where_it_shows_a_check() -> None:
    with pytest.raises(SlowDown):
        check_status(429, CHALLENGES[0].encode(), None, 5)


@pytest.mark.parametrize("status", [403, 503, 500, 202])
@pytest.mark.parametrize("source", CHALLENGES)
def test_a_bot_check_is_told_whatever_its_status(status: int, source: str) -> None:
    with pytest.raises(ChallengePage, match="never bypassed"):
        check_status(status, source.encode("gb18030"), "text/html; charset=gb2312", None)


@pytest.mark.parametrize("status", [201, 204, 301, 400, 403, 500, 502])
@pytest.mark.parametrize("body", [b"", b"<html>no</html>", STORY.encode()])
def test_any_other_status_is_a_refusal(status: int, body: bytes) -> None:
    with pytest.raises(Refused, match=f"answered with status {status}") as caught:
        check_status(status, body, None, None)
    assert caught.value.status == status


@pytest.mark.parametrize("source", BOUNCES)
def test_a_bare_redirect_is_a_bot_check_only_where_it_failed(source: str) -> None:
    with pytest.raises(ChallengePage):
        check_status(403, source.encode(), None, None)
    with pytest.raises(Refused):
        check_status(403, source.replace("<script", "山城夜雨<script").encode(), None, None)
    with pytest.raises(LayoutChanged):
        explain_stranger(source)


@pytest.mark.parametrize("source", CHALLENGES)
def test_a_stranger_may_be_a_bot_check(source: str) -> None:
    with pytest.raises(ChallengePage):
        explain_stranger(source)


@pytest.mark.parametrize("source", MISSING)
def test_a_stranger_may_be_a_soft_not_found(source: str) -> None:
    with pytest.raises(SoftMissing, match="proves nothing"):
        explain_stranger(source)


@pytest.mark.parametrize("source", BUSY)
def test_a_stranger_may_be_a_busy_server(source: str) -> None:
    with pytest.raises(SlowDown) as caught:
        explain_stranger(source)
    assert caught.value.wait_s is None


@pytest.mark.parametrize(
    "source",
    [
        *CHALLENGES,
        *BUSY,
        "<p>404 Not Found</p>",
        "<p>该版面已被删除</p>",
        "<p>雨停了。</p>",
        "",
        "<",
    ],
)
def test_a_page_as_long_as_a_newspapers_is_none_of_these(source: str) -> None:
    with pytest.raises(LayoutChanged, match="may have been redesigned"):
        explain_stranger(source + STORY)


def test_a_title_that_says_not_found_counts_at_any_length() -> None:
    with pytest.raises(SoftMissing):
        explain_stranger(f"<title>页面不存在</title>{STORY}")


@pytest.mark.parametrize("source", ["", "<p>雨停了。</p>", "<title>新报</title>", "<html>"])
def test_any_other_stranger_has_another_layout(source: str) -> None:
    with pytest.raises(LayoutChanged):
        explain_stranger(source)


@given(st.text() | st.sampled_from(CHALLENGES + MISSING + BUSY).flatmap(
    lambda page: st.integers(0, len(page)).map(lambda end: page[:end])))  # fmt: skip
def test_every_stranger_is_explained(source: str) -> None:
    with pytest.raises((FetchError, ReadError)):
        explain_stranger(source)


@pytest.mark.parametrize(
    "pump", ["<!--", "<script>", "<title>", "<input", "<", "<input type=", " 启用 "]
)
def test_a_pump_of_50_kb_is_explained(pump: str) -> None:
    source = pump * (50_000 // len(pump)) + ">"
    with pytest.raises((FetchError, ReadError)):
        explain_stranger(source)
    with pytest.raises(FetchError):
        check_status(500, source.encode(), None, None)
