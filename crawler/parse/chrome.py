"""What stands around an article and is not of it: toolbars, dates, navigation, footers.

Used only outside the body element, and only on whole lines: a paragraph that says 下一篇 or
版权所有 is never looked at.
"""

import re

_WORDS = (
    "上一篇|下一篇|上一版|下一版|上一期|下一期|上篇|下篇|返回目录|返回首页|返回|版面导航|标题导航|放大|缩小|默认|"
    "朗读|打印|收藏|推荐|剪报|作品|关闭|评论|分享到?|字号|字体|大|中|小|复制链接|下载|PDF版?|往期回顾|目录|检索|首页"
)
_DATE = (
    r"\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|"
    r"(?:星期|周)\s*[一二三四五六日天]?"
)
_CONTROL = re.compile(rf"(?:{_WORDS})|{_DATE}|[34789<>《》«»|｜:：\[\]【】()（）\-—·+•]")
_WORD = re.compile(rf"{_WORDS}|{_DATE}")
_FOOTER = re.compile(
    r"版权所有|版权声明|未经(?:书面)?(?:授权|许可)|技术支持|邮编|备案|ICP|主办|承办|地址\s*[:：]|电话\s*[:：]|"
    r"国内统一(?:连续出版物|刊)号|邮发代号",
    re.IGNORECASE,
)
_LABEL = re.compile(r"第?\s*[A-Za-z]*\d+\s*版\s*(?:[:：].{0,40})?")


def chrome_rule(text: str) -> str | None:
    """The rule by which a whole line around an article is dropped; None when it is none's."""
    if _WORD.search(text) and not _CONTROL.sub("", text).strip():
        return "toolbar"
    if _LABEL.fullmatch(text):
        return "page_label"
    return None


def is_footer(text: str) -> bool:
    """True for a line of the footer: copyright notice, address, technical support."""
    return len(text) <= 120 and _FOOTER.search(text) is not None
