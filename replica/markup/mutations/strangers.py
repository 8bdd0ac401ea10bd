"""Text that is not the article's: advertisements, recommendations, comments, other articles."""

from collections.abc import Mapping
from typing import Final

from replica.markup.mutations.edits import (
    Mutation,
    announced,
    around_body,
    in_body,
    in_head,
    insert_after,
    insert_before,
    marked,
    named,
    paragraphs,
    swap,
    then,
)

_STORY: Final = "".join(
    f"<p>　　{text}</p>"
    for text in (
        "雾散的时候，河湾小镇的第三座桥已经修好，过桥的人把旧船票折成纸船，放进了河里。",
        "镇上的人说，船工们把这件事记在一本没有封面的账里，每年立冬拿出来晒一次。",
        "没有人知道那本账后来去了哪里，只有渡口的灯还亮着。",
    )
)
_PLAIN: Final = (
    "<div>雾散的时候，河湾小镇的第三座桥已经修好，过桥的人把旧船票折成纸船，放进了河里。</div>"
)
_RELATED: Final = (
    "<div class=related><h3>相关阅读</h3><ul>"
    + "".join(f'<li><a href="/news/{n}.html">渡口的第{n}盏灯亮了</a></li>' for n in (1, 2, 3))
    + "</ul></div>"
)
_COMMENTS: Final = (
    "<div class=comments><h4>网友评论</h4><p>阿远：写得真好，想起了外婆家的渡口。</p>"
    "<p>小满：第二段有个错字。</p></div>"
)
_ADVERT: Final = '<div class=ad><a href="http://ad.example.org"><img src="/ad/1.jpg"></a>河湾楼盘盛大开盘，电话12345678</div>'
_PROMPT: Final = "<div>扫描二维码，下载客户端，阅读更多精彩内容</div>"
_NEXT: Final = "<!----------文章部分结束"

STRANGERS: Final[Mapping[str, Mutation]] = {
    "related articles at the body's end": in_body(lambda inner: inner + _RELATED),
    "related articles at the body's start": in_body(lambda inner: _RELATED + inner),
    "related articles after the body": around_body(lambda body: body + _RELATED),
    "related articles above the body": around_body(lambda body: _RELATED + body),
    "related articles without links": in_body(lambda inner: inner + "<div>相关阅读</div><div>渡口的灯亮了</div>"),
    "a logo beside the pictures": in_body(lambda inner: '<img src="/images/logo.png">' + inner),
    "a code to scan in the body": in_body(lambda inner: inner + '<p><img src="/res/1/20200101/qr.png">扫码看视频</p>'),
    "related articles as paragraphs": in_body(
        lambda inner: inner + '<p>相关链接</p><p><a href="/1.html">渡口的灯亮了</a></p><p><a href="/2.html">桥修好了</a></p>'
    ),
    "an advertisement at the body's start": in_body(lambda inner: _ADVERT + inner),
    "an advertisement in the body's middle": paragraphs(lambda found: found[0] + _ADVERT, 1),
    "an advertisement at the body's end": in_body(lambda inner: inner + _ADVERT),
    "an advertisement after the body": around_body(lambda body: body + _ADVERT),
    "a prompt at the body's start": marked(in_body(lambda inner: _PROMPT + inner)),
    "a prompt at the body's end": marked(in_body(lambda inner: inner + _PROMPT)),
    "a prompt after the body": around_body(lambda body: body + _PROMPT),
    "comments in the body": in_body(lambda inner: inner + _COMMENTS),
    "comments after the body": around_body(lambda body: body + _COMMENTS),
    "comments below the article": insert_before(_NEXT, _COMMENTS),
    "another story at the body's end": marked(in_body(lambda inner: inner + "<h3>另一篇</h3>" + _STORY)),
    "another story at the body's start": marked(in_body(lambda inner: _STORY + inner)),
    "another story after the body": around_body(lambda body: body + _STORY),
    "another story below the article": insert_before(_NEXT, _STORY),
    "another story above the headline": insert_after("<!----------文章部分开始---------->", _STORY),
    "another story in a sidebar": around_body(lambda body: f"<div class=aside>{_STORY}</div>{body}"),
    "another story in an aside of the body": in_body(lambda inner: f"<aside>{_STORY}</aside>{inner}"),
    "another story in a second body": named(around_body(lambda body: f"{body}<div id=ozoom>{_STORY * 9}</div>")),
    "another story in a short second body": named(around_body(lambda body: f"{body}<div id=ozoom>{_STORY}</div>")),
    "another story in a founder-content": insert_before(_NEXT, f"<founder-content>{_STORY}</founder-content>"),
    "another story instead": announced(in_body(lambda _: _STORY)),
    "another story with its headline instead": named(
        then(
            in_head(lambda _: '<tr valign="top"><td align=center><strong>河湾渡口的另一篇故事</strong></td></tr><tr>'),
            in_body(lambda _: _STORY),
        )
    ),
    "a sentence in the masthead": insert_after('<div class="bt">', _PLAIN),
    "a sentence after the body": around_body(lambda body: body + _PLAIN),
    "a sentence between headline and body": around_body(lambda body: _PLAIN + body),
    "a reader's count in the body": in_body(lambda inner: inner + "<div>阅读 1024 点赞 36</div>"),
    "a share bar in the body": in_body(lambda inner: "<div>分享到：<a href=#>微信</a> <a href=#>微博</a></div>" + inner),
    "an audio player in the body": in_body(lambda inner: "<div class=audio>听全文 03:21</div>" + inner),
    "a copyright notice in the body": marked(in_body(lambda inner: inner + "<p>版权所有，未经授权不得转载</p>")),
    "a breadcrumb above": insert_after("<!----------文章部分开始---------->", "<div>首页 &gt; 数字报 &gt; 正文</div>"),
    "a cookie banner": insert_after("<body ", "data-x=1 ><div>本网站使用 Cookie，继续浏览表示同意。</div><div "),
    "captions without pictures": swap(r"<IMG src=[^>]*>(?=</td></tr><tr><td class=black[^>]*>　　[^<])", ""),
    "pictures as backgrounds": swap(
        r'<IMG src="([^"]*)"[^>]*>(?=</td></tr><tr><td class=black[^>]*>　　[^<])', r"<div style='background:url(\1)'></div>"
    ),
    "captions above pictures": swap(
        r"(?P<image><tr><td align=center><IMG[^>]*></td></tr>)(?P<words><tr><td class=black.*?</td></tr>)", r"\g<words>\g<image>"
    ),
    "captions as figures": swap(
        r"<table (?:id=newspic|cellpadding=5 align=center border=0)[^>]*><tr><td align=center>(<IMG[^>]*>)</td></tr>"
        r"(?:<tr><td class=black[^>]*>(.*?)</td></tr>)?</table>",
        r"<figure>\1<figcaption>\2</figcaption></figure>",
    ),
    "pictures loaded late": swap(r"<IMG src=", "<IMG data-src="),
    "pictures with a spinner": swap(r'<IMG src="([^"]*)"', r'<IMG src="/img/blank.gif" data-original="\1"'),
}  # fmt: skip
"""What may stand around or inside an article that is not of it, and what may become of pictures."""
