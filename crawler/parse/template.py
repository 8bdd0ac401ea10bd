"""Lines that a site's template writes and no newspaper prints, known by their whole wording.

They are never dropped: who reads one in a field says so. What paper prints too is not here, as
相关链接, 扫码看视频 or 未经本报许可，不得转载.
"""

import re

_DATE = r"\d{4}\s?(?:年|[-/.])\s?\d{1,2}\s?(?:月|[-/.])\s?\d{1,2}\s?日?"
_TIME = r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?"
_PLATE = re.compile(
    rf"{_DATE}|{_TIME}|星\s?期\s?[一二三四五六日天]?|周[一二三四五六日天]|(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{{2,4}}日报(?![\u4e00-\u9fff])|[\s:：|｜·-]"
)
_DATED = re.compile(
    rf"{_DATE}\s{{0,3}}(?:{_TIME}|.{{0,8}}(?:来源|作者|编辑|责编)\s?[:：])|\d{{1,3}}\s?(?:秒|分钟|小时|天|个月)前"
)
_MEASURE = re.compile(
    r"(?:全文|本文|正文)?(?:字数\s?[:：]?\s?(?:共|约)?\s?\d{2,6}|(?:共|约|共计)\s?\d{2,6}\s?字)"
    r"|(?:预计|建议|大约|全文)?(?:阅读|读完|朗读)(?:本文|全文|时间|时长|用时)?(?:约|大约|需要?|共){0,2}\s?[:：]?\s?(?:约|大约|需要?)?\s?\d{1,3}\s?(?:分钟|秒|min)"
    r"|(?:阅读|浏览|点击|点赞|评论|转发)(?:数|量|次数)?\s?[:：]\s?\d+|\d+\s?(?:次|人|个|条)?(?:阅读|浏览|点击|评论|点赞|围观)"
)
_LABELLED = re.compile(
    r"(?:[【\[](?:标签|栏目|来源|肩标题|副标题|引题|肩题|眉题|副题|主标题|作者)[】\]]"
    r"|(?:(?:所属|本文)?(?:标签|栏目|频道|分类|版面|话题|专题)|来源|稿源|出处|(?:发布|更新|出版)?(?:时间|日期)|(?:责任|本文)?编辑|责编|审核|审校|监制"
    r"|当前位置|[您你](?:的|所在的?)位置|热度|人气|(?:AI|智能|一键)\s?(?:摘要|导读|总结))\s?[:：]).+"
    r"|(?:更新|发布|发表)于\s?\d.+|(?:记者|作者|编辑|撰稿)\s?[:：].{0,12}来源\s?[:：].+|(?:首页|主页)\s?[/>›»|｜].+|#[^#]{1,16}#(?:\s#[^#]{1,16}#)*"
    r"|[+＋]\s?关注|(?:热度|人气)\s?\d+|(?:返回|打印|收藏|听全文|朗读).{0,10}|总第\s?\d+\s?期|.{0,2}(?:听|播放)全文"
    r"|作者\s?[:：].{0,12}(?:记者|通讯员).*"
)
_SUMMARY = re.compile(
    r"(?:[【\[](?:摘要|导读|核心提示|内容提要|提要|导语)[】\]]|(?:(?:内容)?(?:摘要|提要|导读|简介)|核心提示|导语)\s?[:：]).+"
)
_PAGE = re.compile(r"第\s?\d{1,3}\s?版(?![^\s|｜:：]).{0,14}")
_AFTER_BYLINE = re.compile(rf".*[\u4e00-\u9fff]\s{{1,3}}{_DATE}(?:\s{{1,3}}{_TIME})?")

_AROUND = re.compile(r"^[\W_]+|[\W_]+$")
_HEADING = re.compile(
    r"(?:热门|为[您你]|精彩|猜[您你]|相关)(?:推荐|喜欢|文章|阅读)|推荐阅读|热[点门文]排行|(?:点击|阅读)排行榜?|大家都在看"
    r"|(?:最新|热门|全部|网友)评论|(?:发表|我要|写)评论"
)
_PROMPT = re.compile(
    r"(?:点击|轻触|单击)(?:此处|图片|按钮)?(?:可|以|即可)?(?:查看|浏览|观看|播放|收听|放大|展开)?(?:高清|清晰)?(?:大图|原图|图片|视频|音频|全文|更多)"
    r"|(?:点击|轻触|单击)(?:此处|图片|按钮)(?:可|以|即可)?(?:查看|浏览|观看|播放|收听|放大|展开)"
    r"|(?:点击|轻触|单击|双击|长按)图片.{0,8}|(?:查看|浏览)(?:高清)?[大原]图|(?:点击)?(?:展开|收起)(?:阅读)?(?:全文|更多|剩余.{0,6})|(?:阅读|查看)(?:全文|剩余.{0,8})"
    r"|(?:打开|下载)\s?(?:APP|客户端|应用).{0,4}(?:阅读|查看|浏览|看)(?:全文|更多|完整.{0,4})|登录后.{0,4}(?:评论|查看|阅读|发言).{0,4}"
    r"|剩余.{0,8}(?:登录|付费|订阅|下载|展开).{0,10}|(?:本文|此文|全文)[为是]?(?:付费|会员|订阅).{0,20}"
    r"|分享(?:至|到|本文|文章)?(?:\s?[:：]?\s?(?:微信|微博|朋友圈|QQ空间|QQ好友|QQ|复制链接)[\s、，]*)*|(?:朗读|收听|听|播放)(?:本文|全文|新闻)(?:\s.*)?"
    r"|(?:我要|内容|新闻)纠错|(?:我要)?举报|(?:您|你)的浏览器不支持.{0,20}|(?:字号|字体)\s?[:：]?(?:\s?[大中小]){2,3}"
    r"|第\s?\d{1,2}\s?页[\s，,/（(]*共\s?\d{1,2}\s?页|共\s?\d{1,2}\s?页|(?:上一页|下一页)(?:\s下一页)?",
    re.IGNORECASE,
)
_CAPTION = re.compile(r"\d{1,2}\s?/\s?\d{1,2}(?:\s|$)|(?:图片说明|图注)\s?[:：]")
_OPENING = re.compile(r"(?:广告|标签|上一篇|下一篇|热门推荐|相关推荐|推荐阅读)\s?[:：]\s?.+")
_COUNTED = re.compile(
    r"(?:(?:阅读|浏览|点击|点赞|收藏|评论|转发|在看|喜欢|分享)(?:数|量)?\s?[:：(（]?\s?\d+[)）]?\s*)+"
)
_DISCLAIMER = re.compile(
    r"(?:免责)?声明\s?[:：].*(?:仅代表|不代表).*(?:观点|立场).*|版权声明\s?[:：].*(?:转载|授权|许可).*"
)
_STAMP = re.compile(rf"{_DATE}\s{{1,3}}{_TIME}.{{0,40}}")
_SOURCE = re.compile(r"(?:稿件)?来源\s?[:：]\s?.{2,20}")
_CLOCK = re.compile(r"\d{1,2}:\d{2}\s?/\s?\d{1,2}:\d{2}")
_COUNTING = re.compile(r"1(?:\s+\d{1,2}){1,20}")
MAX_CHARS = 60


def is_beside_headline(line: str, *, below: bool) -> bool:
    """True for a line of the headline block that names its kind, measures the text or dates it.

    `below` is True for what stands below the headline: above it a bare date may be a kicker, and
    what sums up a story is printed there.
    """
    if line.startswith(("（", "(")) and _PLATE.sub("", line.strip("（() ）")) == "":
        return False  # a speech or a law is dated so
    line = line.strip("（() ）")
    if _LABELLED.fullmatch(line) or _PAGE.fullmatch(line) or _MEASURE.fullmatch(line):
        return True
    if _DATED.match(line):
        return True
    if below and (_AFTER_BYLINE.fullmatch(line) or _SUMMARY.fullmatch(line) or is_in_text(line)):
        return True
    plain = _PLATE.sub("", line)
    return bool(line) and not plain and (below or "报" in line)


def is_source(line: str) -> bool:
    """True for a line that names where the text comes from; the last one of a text is printed."""
    return _SOURCE.fullmatch(line) is not None


def is_in_text(line: str) -> bool:
    """True for a line of the text that is a button, a prompt, a count or a box's heading."""
    if len(line) > MAX_CHARS:
        return False
    plain = _AROUND.sub("", line)
    return bool(
        _HEADING.fullmatch(plain)
        or _PROMPT.fullmatch(plain)
        or _OPENING.fullmatch(plain)
        or _COUNTED.fullmatch(line.strip())
        or _DISCLAIMER.fullmatch(plain)
        or _STAMP.fullmatch(plain)
        or (_CLOCK.search(line) and len(plain) <= MAX_CHARS // 2)
        or _is_counting(plain)
    )


def is_beside_picture(caption: str) -> bool:
    """True for a caption with a prompt before or after it, or with a number of a slide."""
    words = caption.split()
    ends = (words[0], words[-1]) if words else ()
    return _CAPTION.match(caption) is not None or any(
        "图" in word and _PROMPT.fullmatch(_AROUND.sub("", word)) for word in ends
    )


def _is_counting(text: str) -> bool:
    """True for 1 2 3: the numbers of a text's parts."""
    if not _COUNTING.fullmatch(text):
        return False
    numbers = [int(number) for number in text.split()]
    return numbers == list(range(1, len(numbers) + 1))
