"""What an answer is before anybody reads it: a page, gone, a refusal, a check, a soft "not found".

Decides from status, headers and text alone. A 200 that says "not found" is no evidence of
absence, and a bot check is no quiet news day: each has its own error.
"""

import re

from crawler.parse.decoding import decode
from crawler.parse.tree import scan_text
from press.errors import ChallengePage, LayoutChanged, Refused, SlowDown, SoftMissing, Truncated

MESSAGE_CHARS = 800
"""A page that only says something is short; a newspaper page's furniture alone is longer."""
SCRIPT_ONLY_CHARS = 60
"""A page with less text than this is what its scripts make of it."""

_CHALLENGE_MARKS = re.compile(
    r"captcha|__jsl_clearance|acw_sc__v2|acw_tc|cf[-_]chl|cf-browser-verification|challenge-platform|challenge-form|"
    r"yunsuo_session|safedog|_guard/|waf[-_]?(?:captcha|token|js|challenge)|geetest|hcaptcha|recaptcha|"
    r"bot[-_ ]?(?:check|detection)|slide-?verify|nc_?login|smartcaptcha",
    re.IGNORECASE,
)
_CHALLENGE_WORDS = re.compile(
    r"请稍[候等]|验证码|滑动验证|人机验证|安全验证|访问验证|完成验证|身份验证|拖动滑块|向右滑动|点击验证|安全检查|安全检测|正在检测|浏览器检查|"
    r"访问(?:过于)?频繁|请求(?:过于)?频繁|访问被(?:拒绝|拦截|阻断|禁止)|请求被拦截|疑似(?:攻击|黑客|机器)|异常(?:访问|流量|请求)|"
    r"非人类|机器人|Web应用防火墙|防火墙|checking your browser|just a moment|verify (?:that )?you are (?:a )?human|"
    r"are you a robot|enable javascript and cookies|access denied|attention required|请开启\s*JavaScript|启用\s*JavaScript",
    re.IGNORECASE,
)
_LOGIN = re.compile(r"<input[^<>]{1,400}type\s{0,3}=\s{0,3}[\"']?password", re.IGNORECASE)
_TITLE = re.compile(r"<title[^<>]{0,200}>([^<]{0,400})", re.IGNORECASE)
_COOKIE_SCRIPT = re.compile(
    r"document\.cookie\s{0,3}=|location\.reload|eval\s{0,3}\(|\$_ts\b|fromCharCode|atob\s{0,3}\(",
    re.IGNORECASE,
)
_BOUNCE = re.compile(r"<script[^<>]{0,400}>[^<]{0,4000}(?:location|setTimeout)", re.IGNORECASE)
_THING = r"(?:页面|网页|内容|文章|文件|链接|版面|地址|资源|稿件|报纸|信息|新闻|您(?:所|要|想)?(?:访问|查看|请求|查找|浏览)的?)"
_MISSING = re.compile(
    rf"\b404\b|not\s{{1,3}}found|{_THING}.{{0,12}}(?:不存在|找不到|未找到|没有找到|无法找到|没找到|(?:被)?删除|(?:被)?移除|下线|"
    rf"丢失|走丢|不见了|过期|失效|无法打开|无法访问|无法显示)|(?:找不到|没有找到|未找到|无法找到|没有){_THING}|无此页|当日无报|未出版|"
    r"暂无(?:内容|数据|版面|报纸)|迷路了|can.?t (?:be )?find|cannot (?:be )?f(?:ind|ound)|does\s{1,3}not\s{1,3}exist|no\s{1,3}longer (?:exists|available)|"
    r"page\s{1,3}(?:is\s{1,3})?(?:missing|unavailable|gone)",
    re.IGNORECASE,
)
_SERVER_TROUBLE = re.compile(
    r"(?:系统|服务器|网站)(?:正?在)?(?:繁忙|维护|升级|错误|异常)|service unavailable|bad gateway",
    re.IGNORECASE,
)


def is_gone(status: int) -> bool:
    """True for the two statuses that say plainly that nothing is there."""
    return status in (404, 410)


def check_status(status: int, body: bytes, content_type: str | None, wait_s: float | None) -> None:
    """Passes for 200 with a body; raises SlowDown, ChallengePage, Refused or Truncated otherwise."""
    if status == 200:
        if not body.strip():
            raise Truncated("the answer is empty: try again later")
        return
    if status in (429, 503):
        if status == 503 and is_challenge_answer(body, content_type):
            raise ChallengePage(_CHALLENGE_SENTENCE)
        raise SlowDown(
            f"the server asks for a pause (status {status}): it will be tried again later",
            wait_s=wait_s,
        )
    if is_challenge_answer(body, content_type):
        raise ChallengePage(_CHALLENGE_SENTENCE)
    raise Refused(
        f"the server answered with status {status}: it will be tried again later", status=status
    )


def is_challenge_answer(body: bytes, content_type: str | None) -> bool:
    """True for a bot check that came with a status of failure.

    There a page of nothing but a script that leads elsewhere is one too.
    """
    source = decode(body, content_type).text
    is_script = len(scan_text(source).split()) == 0 and bool(_BOUNCE.search(source))
    return bool(source.strip()) and (_is_challenge(source) or is_script)


def explain_stranger(source: str) -> None:
    """Raises what a page is that has none of the layout's marks.

    ChallengePage, SoftMissing (also for "server busy" pages), else LayoutChanged.
    """
    if _is_challenge(source):
        raise ChallengePage(_CHALLENGE_SENTENCE)
    text = " ".join(scan_text(source).split())
    title = " ".join(_TITLE.findall(source))
    says_so = f"{title} {text}" if len(text) <= MESSAGE_CHARS else title
    if len(text) <= SCRIPT_ONLY_CHARS:
        says_so = source[: 4 * MESSAGE_CHARS]
    if _MISSING.search(says_so):
        raise SoftMissing(
            'the server says "not found" with status 200, which proves nothing: '
            "it will be asked again"
        )
    if len(text) <= MESSAGE_CHARS and _SERVER_TROUBLE.search(f"{title} {text}"):
        raise SlowDown("the server says that it is busy: try again later", wait_s=None)
    raise LayoutChanged(
        "the page has none of the marks by which its layout is known: it may have been redesigned"
    )


def _is_challenge(source: str) -> bool:
    text = " ".join(scan_text(source).split())
    if len(text) > MESSAGE_CHARS:
        return False
    if _CHALLENGE_MARKS.search(source) or _CHALLENGE_WORDS.search(source) or _LOGIN.search(source):
        return True
    scripted = len(text) <= SCRIPT_ONLY_CHARS and not _MISSING.search(source)
    return scripted and bool(_COOKIE_SCRIPT.search(source))


_CHALLENGE_SENTENCE = (
    "the site asks for a proof of being human, which is never bypassed: open the page in a "
    "browser, or try again later"
)
