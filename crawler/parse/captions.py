"""A picture's caption and credit, from the line that the paper prints under it."""

import re

from crawler.clean.names import join_padded_names
from crawler.parse.byline import is_name

MAX_CREDIT_CHARS = 60

_LABELLED = re.compile(
    r"(?:组图|图片来源|数据来源|资料来源|图源|图片|照片|供图|制图|绘图|漫画|摄影|图|摄|来源|图据)\s{0,3}[:：/／]\s{0,3}\S.{0,50}"
)
_SOURCE = re.compile(
    r"(?:新华社|中新社|视觉中国|视觉重庆|资料|网络|受访者|主办方|单位|图虫创意|IC photo)"
    r"\s{0,3}(?:发|供?图片?|照片|截图|配图|供图|提供)?"
)
_GIVEN = re.compile(
    r"(?:均?由|(?:本版|本文|本组|以上|图)?图片(?:均?由)?).{2,36}(?:摄|提供|供图|拍摄)"
)
_ROLE = re.compile(r"[\u3400-\u9fff·]{0,12}?(?:记者|通讯员|实习生|摄影师|特约摄影|摄影爱好者)|摄影")
_VERB = re.compile(r"(?:作|摄影报道|摄影|摄制?|供图|提供|绘制?|制图|作品|图片报道|拍摄|发|[文图])")
_ENDS_IN_VERB = re.compile(
    rf".{{0,18}}?(?:摄影报道|摄影|摄|供图|提供|绘制|制图|拍摄)|{_VERB.pattern}"
)
_VERB_ENDING = re.compile(r"(?:摄影报道|摄影|摄|供图|绘|制图)$")
_OUTLET = re.compile(r"[\\/／|｜]\s{0,3}[\w·]{2,14}$")
_SPLIT = re.compile(r"(?<=[。！？!?）)”】])(?![。！？”）)】])[\s\u3000]*+|[\s\u3000]++")
_SEPARATORS = re.compile(r"[\s\u3000、，/／\\|｜]+(?:[和与][\s\u3000]+)?")
_SENTENCE = re.compile(r"[。！？!?；;：“”]")
_BRACKETED = re.compile(r"[（(【]([^（）()【】]{2,40})[）)】][。.]?$")


def split_caption(text: str) -> tuple[str | None, str | None]:
    """Caption and credit of a picture's line: "一景。记者 张三 摄" gives "一景。" and "记者 张三 摄".

    The credit is the longest ending that reads as a maker; either part is None when absent.
    No character is lost: together the two hold all but the white space between them.
    """
    text = text.strip()
    if not text:
        return None, None
    if _ROLE.match(text) and _is_credit(text, after_sentence=False):
        return None, text
    for match in _SPLIT.finditer(text, max(len(text) - MAX_CREDIT_CHARS - 1, 0)):
        head, tail = text[: match.start()].rstrip(), text[match.end() :]
        if head and tail and _is_credit(tail, after_sentence=head[-1] in "。！？!?）)”】"):
            return head, tail
    bracketed = _BRACKETED.search(text, max(len(text) - MAX_CREDIT_CHARS, 0))
    if bracketed and bracketed.start() and _is_credit(bracketed[1].strip(), after_sentence=True):
        return text[: bracketed.start()].rstrip(), text[bracketed.start() :]
    if _is_credit(text, after_sentence=False):
        return None, text
    return text, None


def has_credit(text: str) -> bool:
    """True when a line ends in a picture credit."""
    return split_caption(text)[1] is not None


def _is_credit(text: str, *, after_sentence: bool) -> bool:
    """True for a maker's line; one that no sentence's end sets off must name a role or a person."""
    plain = text.strip("（()）【】 .。\u3000")
    if not plain or len(text) > MAX_CREDIT_CHARS:
        return False
    if _LABELLED.fullmatch(plain) or _SOURCE.fullmatch(plain) or _GIVEN.fullmatch(plain):
        return True
    return not _SENTENCE.search(plain) and _names_a_maker(plain, after_sentence=after_sentence)


def _names_nothing_else(token: str) -> bool:
    """True for a role, a name, a maker's verb or an outlet: what a credit that opens with a role
    is made of; 记者在现场采访 is not."""
    rest = _VERB_ENDING.sub("", _ROLE.sub("", token, count=1) if _ROLE.match(token) else token)
    return (
        not rest
        or bool(_VERB.fullmatch(rest))
        or is_name(rest, 4)
        or len(rest) in (2, 3)
        or (
            rest.startswith(("视觉", "新华社", "重庆", "华龙", "上游", "新重庆"))
            and len(rest) <= 10
        )
    )


def _names_a_maker(plain: str, *, after_sentence: bool) -> bool:
    tokens = [t for t in _SEPARATORS.split(join_padded_names(plain)) if t]
    if not tokens:
        return False
    has_verb = _ENDS_IN_VERB.fullmatch(tokens[-1]) is not None
    has_outlet = _OUTLET.search(plain) is not None
    if _ROLE.match(plain) is not None:
        return all(_names_nothing_else(token) for token in tokens)
    if not (has_verb or has_outlet):
        return False
    if after_sentence:
        return len(plain) <= 40 and (has_verb or is_name(tokens[0], 4))
    people = tokens[:-1] if has_outlet or _VERB.fullmatch(tokens[-1]) else tokens
    return bool(people) and all(is_name(_VERB_ENDING.sub("", t), 3) for t in people)
