"""What stands around an article and is not of it: toolbars, dates, navigation, footers.

Used only outside the body element and the headline's own cell, and only on whole lines: a
paragraph that says 下一篇 or 版权所有 is never looked at.
"""

import re
from datetime import date

from crawler.parse.dates import shows_date

MAX_FOOTER_CHARS = 160
PROSE_CHARS = 40
BESIDE_DATE_CHARS = 4
SENTENCE_CHARS = 8
PLAIN_SENTENCE_CHARS = 16
_STRONG = (
    "上一篇|下一篇|上一版|下一版|上一期|下一期|返回目录|返回首页|返回顶部|版面导航|标题导航|放大|缩小|默认|朗读|打印本页|打印|"
    "加入收藏|关闭窗口|关闭|发表评论|我要评论|推荐给朋友|分享到|复制链接|往期回顾|按日期查阅|字号|字体|PDF版?下载|PDF版"
)
_WEAK = (
    "返回|收藏|推荐|剪报|作品|评论|分享|下载|目录|检索|首页|更多|微信|微博|QQ空间|QQ|大|中|小|阅读"
)
_DATE = (
    r"\d{4}\s{0,3}年\s{0,3}\d{1,2}\s{0,3}月\s{0,3}\d{1,2}\s{0,3}日|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}"
    r"(?:\s{1,3}\d{1,2}:\d{2}(?::\d{2})?)?"
)
_WEEKDAY = r"星\s{0,3}期\s{0,3}[一二三四五六日天]?|周[一二三四五六日天]"
_IS_TOOL = re.compile(rf"{_STRONG}|(?:{_DATE})\s{{0,3}}(?:{_WEEKDAY})", re.IGNORECASE)
_ARTICLE_TOOL = re.compile(rf"上一篇|下一篇|放大|缩小|默认|字号|(?:{_DATE})\s{{0,3}}(?:{_WEEKDAY})")
_TOOLS = re.compile(
    rf"{_STRONG}|{_WEAK}|{_DATE}|{_WEEKDAY}|(?:发布|出版|更新)(?:时间|日期)|日期|[34789<>《》«»｜|:：\[\]【】()（）\-—·+•、\s]",
    re.IGNORECASE,
)
_ARROW = re.compile(
    r"[34789<>«»◀▶←→]{1,2}|更多\s?[>»]*|(?:阅读|点击|浏览)(?:数|量|次数)?\s?[:：]?\s?\d*"
)
_SOURCE = re.compile(
    r"(?:稿件)?来源\s{0,3}[:：](?!.{0,20}(?:记者|通讯员|作者)|\s?\S{2,12}\s[\u4e00-\u9fff]{2,4}$).{1,30}|(?:发布|出版)(?:时间|日期)\s{0,3}[:：].{1,30}"
)
_FOOTER = re.compile(
    r"版权所有|版权声明|著作权|未经.{0,12}(?:授权|许可|同意)|技术支持|邮编|备案|ICP|©|copyright|"
    r"^(?:主办|承办|主管|地址|电话|热线|邮箱)(?:单位)?\s{0,3}[:：]|主办(?:单位)?$|国内统一(?:连续出版物|刊)号|邮发代号",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[\u3400-\u9fff”』」）]。")
_FURNITURE = re.compile(
    r"版权|著作权|未经|许可证|备案|ICP|举报|©|copyright|免责|本网站|本站|浏览器|分辨率|公众号|客户端|扫码|二维码|"
    r"法律顾问|定价|零售|订价|技术支持|点击|意见|建议|感谢|谢谢|欢迎|"
    r"(?:电话|地址|邮编|邮政编码|热线|传真|邮箱|评论|发言|留言|订阅|发行|广告|下载|关注|微信|微博|APP)[^。]{0,12}[\d:：]|"
    r"[:：][^。]{0,24}(?:评论|发言|留言|订阅|发行)",
    re.IGNORECASE,
)
_LEGAL = re.compile(
    r"版权所有|著作权|未经.{0,12}(?:授权|许可|同意)|备案|ICP|©|copyright|邮编", re.IGNORECASE
)
_NAMEPLATE = re.compile(
    rf"{_DATE}|{_WEEKDAY}|农历\S{{2,12}}|[\u4e00-\u9fff]{{1,8}}报社?|第?\s?\d{{1,5}}\s?[版期号]|[\W_]|出版|今日|总第|国内"
)
_LABEL = re.compile(
    r"(?:《?\s?[\u4e00-\u9fff]{1,8}报\s?》?)?[\s（(]{0,3}(?:\d{1,2}月\d{1,2}日)?\s{0,3}"
    r"第?\s{0,3}[A-Za-z]{0,2}\d{1,3}\s{0,3}版\s{0,3}(?:[:：].{0,40})?[）)]?"
)


def chrome_rule(text: str, issue_date: date | None = None) -> str | None:
    """The rule by which a whole line around an article is dropped; None when it is none's.

    A toolbar has at least one word that is nothing else, or a date with its weekday; words that
    may also head a story (评论, 推荐) count only beside such.
    """
    if _IS_TOOL.search(text) and not _TOOLS.sub("", text):
        return "toolbar"
    if _ARROW.fullmatch(text):
        return "toolbar"
    if _SOURCE.fullmatch(text):
        return "source_line"
    if _LABEL.fullmatch(text):
        return "page_label"
    is_short = len(text) <= 60 and "。" not in text
    if issue_date is not None and is_short and shows_date(text, issue_date):
        return "date_line" if len(_NAMEPLATE.sub("", text)) <= BESIDE_DATE_CHARS else None
    return None


def is_nameplate(text: str) -> bool:
    """True for a dated line that also names the paper or the page: 《重庆日报》（2026年1月12日 07版）."""
    return "报" in text or "版" in text


def is_article_tool(text: str) -> bool:
    """True for a tool of the article and nothing else: 放大, 3上一篇, a line with date and weekday.

    Navigation between pages (上一版) is the page's, not the article's.
    """
    return len(text) <= 60 and bool(_ARTICLE_TOOL.search(text)) and not _TOOLS.sub("", text)


def is_footer(text: str, *, indented: bool = False) -> bool:
    """True for a line of the footer: copyright notice, address, technical support."""
    if len(text) > MAX_FOOTER_CHARS or indented:
        return False
    return (_LEGAL if _SENTENCE.search(text) else _FOOTER).search(text) is not None


def is_prose(text: str, *, indented: bool) -> bool:
    """True for what templates are not made of: a sentence of a story.

    An indent makes a sentence a paragraph; without one it must be longer, and free of the words
    that notices, contacts and instructions are made of.
    """
    folded = " ".join(text.split())
    if len(folded) < SENTENCE_CHARS:
        return False
    if indented:
        return bool(_SENTENCE.search(folded)) or (len(folded) >= PROSE_CHARS and "，" in folded)
    return (
        len(folded) >= PLAIN_SENTENCE_CHARS
        and bool(_SENTENCE.search(folded))
        and not _FURNITURE.search(folded)
    )
