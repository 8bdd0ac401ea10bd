"""What a template writes of its own accord: dates, measures, labels, prompts, boxes and signatures.

Each stands beside the headline, among the text or under a picture as if it were printed there.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final

from replica.markup.mutations.edits import (
    Mutation,
    in_body,
    in_head,
    in_map,
    named,
    paragraphs,
    swap,
)

_BESIDE: Final = {
    "a date": "2020-02-03",
    "an hour": "2020-02-03 08:30",
    "a date in words": "2020年02月03日",
    "a date with the paper": "重庆日报 2020年02月03日 星期一",
    "a labelled hour": "发布时间：2020-02-03 08:30:00",
    "an age": "3小时前",
    "a source": "来源：重庆日报",
    "a source with an author": "来源：重庆日报 作者：周远",
    "a source with a name": "来源：重庆日报 周远",
    "a source with a reporter": "来源：重庆日报 本报记者 周远",
    "the paper's name": "重庆日报",
    "a number of words": "字数：1234",
    "a number of words in a sentence": "本文共1234字",
    "a reading time": "阅读时长约3分钟",
    "an expected reading time": "预计阅读5分钟",
    "a summary": "摘要：渡口的灯又亮了",
    "a lead": "导读：渡口的灯又亮了",
    "a core": "核心提示：渡口的灯又亮了",
    "a bracketed summary": "【摘要】渡口的灯又亮了",
    "views": "浏览量：1024",
    "views without a label": "1024次阅读",
    "the page": "第007版 江岸",
    "the column": "栏目：江岸",
    "tags": "标签：渡口，灯",
    "an editor": "责任编辑：周远",
    "a reporter and a date": "本报记者 周远 2020-02-03",
    "a prompt": "点击查看大图",
    "a recommendation": "热门推荐：渡口的灯亮了",
    "a player": "朗读本文 00:00/03:21",
}
_AMONG: Final = {
    "a heading of recommendations": "推荐阅读",
    "a heading of a ranking": "热点排行",
    "a heading of comments": "最新评论",
    "a hot link without its link": "热门推荐：渡口的灯亮了",
    "a prompt to enlarge": "点击查看大图",
    "a prompt to play": "点击播放视频",
    "a button that unfolds": "展开全文 ∨",
    "a button with a share": "展开剩余80%",
    "a button that folds": "收起全文",
    "a prompt for the application": "打开APP阅读全文",
    "a prompt to sign in": "登录后发表评论",
    "a wall": "剩余内容请登录后查看",
    "a shop": "本文为付费内容，订阅后可继续阅读",
    "a share bar": "分享到：微信 微博 QQ空间",
    "a player": "朗读本文 00:00/03:21",
    "likes": "点赞 12 收藏 3",
    "a sizer": "字号：大 中 小",
    "a form for mistakes": "我要纠错",
    "a pager": "第1页 共2页",
    "a pager of numbers": "1 2 3",
    "neighbours": "上一篇：渡口的灯亮了",
    "tags": "标签：渡口 灯",
    "a copyright notice": "版权声明：未经许可不得转载",
    "a disclaimer": "声明：本文仅代表作者观点，不代表本报立场。",
    "an hour": "2020-02-03 08:30",
    "an advertiser": "广告：河湾船厂，造船百年",
}
_BOXES: Final = (
    "tuijian",
    "pinglun",
    "fenxiang",
    "gg",
    "hot-news",
    "ad-box",
    "related-list",
    "paywall",
)
_UNKNOWN: Final = (
    "阅读更多", "相关报道", "24小时热文", "用客户端打开", "共有12条评论", "加载更多", "回到顶部", "喜欢这篇文章吗",
)  # fmt: skip
"""Words that no list of ours holds: what gives them away is that they are set as nothing else is."""
_FEW: Final = 5
_ROW: Final = re.compile(r"</td></tr>(?=\s*(?:<tr>)?$)")
_CAPTION: Final = r"(<tr><td class=black align=left[^>]*>)(?:　|&nbsp;|\s)*(?=[^<\s])"
_HEADLINE: Final = re.compile(
    r"(<strong style=\"font-size:23px[^>]*>|<strong style=\"font-size:23px\">|<founder-title>|"
    r"class=\"bt1\" align=center>)(?P<text>[^<]+(?:<br>[^<]+)*?)(?=</strong>|</founder-title>|&nbsp;</td>)"
)
_KINDS: Final = re.compile(r"广告|公告|启事|声明|更正|责编|图片|遗失")


def _below(text: str) -> Mutation:
    """A row of the headline block after all others."""
    row = f"</td></tr><tr><td align=center><span>{text}</span></td></tr>"
    return in_head(lambda head: _ROW.sub(row, head))


def _among(text: str) -> Mutation:
    """A paragraph after the first of the body."""
    return paragraphs(lambda found: f"{found[0]}\n<P>{text}</P>\n", count=1)


def _set_apart(words: str) -> Mutation:
    """Words without an indent in a body of many indented paragraphs."""
    insert = paragraphs(lambda found: f"{found[0]}\n<div>{words}</div>\n", count=1)
    return _of_many(insert)


def _of_many(edit: Mutation) -> Mutation:
    """An edit for stories with enough paragraphs to tell how they are set."""
    indented = re.compile(r"<P>(?:　　|&nbsp;)[^<]{30}")
    return lambda page: edit(page) if len(indented.findall(page)) >= _FEW else page


def _boxed(name: str) -> Mutation:
    box = f'<div class="{name}">河湾渡口的灯又亮了</div>'
    return paragraphs(lambda found: f"{found[0]}\n{box}\n", count=1)


def _captioned(words: str) -> Mutation:
    return swap(_CAPTION, rf"\g<1>{words}")


def _headline(with_: str) -> Mutation:
    """The headline's words otherwise, where they are a story's."""

    def change(head: str) -> str:
        found = _HEADLINE.search(head)
        if found is None or _KINDS.search(found["text"]):
            return head
        start, end = found.span("text")
        return head[:start] + with_.format(found["text"]) + head[end:]

    return in_head(change)


def _coordinates(change: Callable[[int], str]) -> Mutation:
    """Each number of the map's shapes changed."""
    return in_map(
        lambda areas: re.sub(
            r'coords="([^"]*)"',
            lambda found: f'coords="{",".join(change(int(n)) for n in found[1].split(","))}"',
            areas,
        )
    )


LABELS: Final[Mapping[str, Mutation]] = {
    **{f"{name} below the headline": _below(text) for name, text in _BESIDE.items()},
    "an advertisement's word below the headline": named(_below("广告")),
    **{f"{name} among the text": _among(text) for name, text in _AMONG.items()},
    **{f"a box called {name} among the text": _boxed(name) for name in _BOXES},
    **{f"{words} without an indent": _set_apart(words) for words in _UNKNOWN},
    "a prompt before the caption": _captioned("点击查看大图<br>"),
    "a slide's number before the caption": _captioned("1/3 "),
    "a label before the caption": _captioned("图片说明："),
    "headline in title marks": _headline("《{}》"),
    "headline with a number": _headline("3. {}"),
    "headline with a badge": _headline("原创 {}"),
    "headline with a section": _headline("【要闻】{}"),
    "headline with the paper's name after a dash": _headline("{}-重庆日报"),
    "body in a fieldset": in_body(lambda inner: f"<fieldset><legend>正文</legend>{inner}</fieldset>"),
    "body in an open details": in_body(
        lambda inner: f"<details open><summary>正文</summary>{inner}</details>"
    ),
    "body in Latin-1": in_body(lambda inner: inner.encode().decode("latin-1")),
    "map drawn at half the size": _coordinates(lambda n: str(n // 2)),
    "map in shares of one": _coordinates(lambda n: f"{n / 1000:.4f}"),
    "map's rings closed": in_map(lambda areas: re.sub(r'coords="(\d+,\d+)([^"]*)"', r'coords="\1\2,\1"', areas)),
}  # fmt: skip
"""Lines and boxes of a template, by where they stand."""
