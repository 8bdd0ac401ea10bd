"""Pages that are no newspaper pages: not found, bot checks, a login, the home page."""

from typing import Final


def _html(title: str, inner: str, head: str = "") -> bytes:
    return (
        f'<html><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body>{inner}</body></html>"
    ).encode()


NOT_FOUND: Final = _html(
    "页面不存在",
    '<div class="error-box"><h2>很抱歉，您访问的页面不存在或已删除</h2>'
    '<p>请检查网址是否正确，或返回<a href="/">首页</a>。</p></div>',
)
NOT_FOUND_JUMP: Final = _html(
    "重庆日报数字报",
    "<table width=1000 align=center><tr><td align=center>该日期没有报纸，3秒后自动返回"
    '<a href="/cqrb/">最新一期</a></td></tr></table>',
    "<script>setTimeout(function(){location.href='/cqrb/';},3000);</script>",
)
CHALLENGE: Final = _html(
    "请稍候",
    "<noscript>请开启JavaScript后刷新本页。</noscript><p>正在检查您的浏览器，请稍候……</p>",
    "<script>var n=0,k='c1f8';for(var i=0;i<k.length;i++){n=n*31+k.charCodeAt(i);}"
    "document.cookie='guard_token='+n+';path=/';location.reload();</script>",
)
CAPTCHA: Final = _html(
    "安全验证",
    '<form method="post" action="/_guard/verify"><h3>访问过于频繁，请输入验证码继续访问</h3>'
    '<img src="/_guard/captcha.jpg"><input name="captcha"><input type="hidden" name="token" '
    'value="7f3a"><button>提交</button></form>',
)
LOGIN: Final = _html(
    "用户登录",
    '<div id="waf"><h3>当前内容需登录后阅读</h3><form action="/login" method="post">用户名'
    '<input name="user">密码<input type="password" name="password"><button>登录</button>'
    "</form></div>",
)
HOME: Final = _html(
    "重庆日报网首页",
    '<ul class="nav"><li><a href="/cqrb/">数字报</a></li><li>视频</li><li>专题</li></ul>'
    "<div class=hot><h3>今日热点</h3><p>云栖坪夜间集市换上新装</p><p>柳叶溪步道完成验收</p></div>",
)
BUSY: Final = _html("系统繁忙", "<p>系统繁忙，请稍后再试</p>")
