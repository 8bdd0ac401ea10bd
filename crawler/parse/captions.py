"""A picture's caption and credit, from the line that the paper prints under it."""

import re

_HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff]"
_MAKER = (
    r"(?:(?:本报|本社|见习|实习|首席|特约|通讯员|新华社|中新社|全媒体|融媒体|上游新闻|重庆日报|人民日报|受访者|单位|部门|"
    r"主办方|资料|视觉中国|视觉重庆)*(?:记者|摄影记者|通讯员|摄影|摄影报道|实习生|摄影师|摄影者|供图者?))"
)
_WHO = rf"(?:{_HAN}[\s\u3000]{_HAN}|{_HAN}{{2,12}}(?:[·•・]{_HAN}{{1,10}})*|[A-Z][\w.'-]+(?: [A-Z][\w.'-]+)*)"
_OUTLET = r"(?:[\\/／|｜]\s*[\w\u3400-\u9fff·]{2,12})"
_CREDIT = re.compile(
    rf"(?:"
    rf"(?:图片|图|照片|摄影|摄|制图|绘图|漫画|供图|图片来源|图源|来源|图据)\s*[:：/／]\s*\S[^。！？]{{0,40}}"
    rf"|{_MAKER}\s*[:：]?\s*{_WHO}(?:[、，\s\u3000和]+(?:{_MAKER}\s*)?{_WHO}){{0,4}}\s*(?:摄影报道|摄影|摄|供图|图|制图|绘|文/图|图/文)?\s*{_OUTLET}?"
    rf"|{_WHO}(?:[、，\s\u3000和]+{_WHO}){{0,4}}[\s\u3000]*(?:摄影报道|摄影|摄制?|供图|提供|绘制?|制图|作品|画){_OUTLET}?"
    rf"|{_WHO}\s*{_OUTLET}"
    rf"|(?:新华社|中新社|视觉中国|视觉重庆|资料|网络|受访者|图虫创意|IC photo)\s*(?:发|图片?|照片|供图|截图|配图)?"
    rf"|(?:均?由|本[版文]图片(?:均?由|除署名外均?由)?|图片均?由|以上图片均?由|(?:本组|以上|图)?图片).{{2,30}}(?:摄|提供|供图|拍摄)"
    rf")\s*[。.]?"
)
_LEADING_MAKER = re.compile(rf"{_MAKER}[\s\u3000:：]*{_WHO}")
_SPLIT = re.compile(r"(?<=[。！？!?）)”】])\s*|[\s\u3000]+")
_BRACKETED = re.compile(r"\s*[（(【]\s*([^（）()【】]{2,40})\s*[）)】]\s*[。.]?$")
_ENDS_AS_CREDIT = re.compile(
    r"(?:摄影报道|摄影|摄|供图|提供|制图|绘|图片?|发)\s*[。.]?$|[\\/／]\s*\S{2,12}$"
)


def split_caption(text: str) -> tuple[str | None, str | None]:
    """Caption and credit of a picture's text line: "一景。记者 张三 摄" -> ("一景。", "记者 张三 摄").

    The credit is the longest ending that reads as a maker; either part is None when absent.
    No character is lost: together the two hold all but the white space between them.
    """
    text = text.strip()
    if not text:
        return None, None
    if len(text) <= 60 and _LEADING_MAKER.match(text) and _is_credit(text):
        return None, text
    for match in _SPLIT.finditer(text):
        head, tail = text[: match.start()].rstrip(), text[match.end() :].strip()
        if head and tail and len(tail) <= 60 and _is_credit(tail) and _may_end(head, tail):
            return head, tail
    bracketed = _BRACKETED.search(text)
    if bracketed and bracketed.start() > 0 and _is_credit(bracketed[1].strip()):
        return text[: bracketed.start()], text[bracketed.start() :].strip()
    if _is_credit(text) and len(text) <= 40:
        return None, text
    return text, None


def has_credit(text: str) -> bool:
    """True when a line ends in a picture credit."""
    return split_caption(text)[1] is not None


def _is_credit(text: str) -> bool:
    return _CREDIT.fullmatch(text) is not None and (
        _ENDS_AS_CREDIT.search(text) is not None
        or re.match(
            r"(?:特约)?(?:本报|新华社|见习|特约|首席)*(?:记者|摄影|通讯员|图|照片|供图|图片来源|图源)",
            text,
        )
        is not None
    )


def _may_end(head: str, tail: str) -> bool:
    """A credit set off by white space alone must name a role, or close a caption that has ended."""
    if head[-1] in "。！？!?）)”】":
        return True
    return re.match(
        rf"{_MAKER}|(?:图片|图|照片|摄影|供图|图源)\s*[:：/／]|新华社|中新社", tail
    ) is not None or (re.search(r"(?:摄影报道|摄影|摄|供图)$|[\\/／]", tail) is not None)
