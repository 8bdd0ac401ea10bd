"""What readers are told of trouble, in their language. Pure.

An error says one English sentence, for programs and logs; pages for people say the same in Chinese.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from readingroom.rooms.language import TAGS, Language

SENTENCES: Final[tuple[tuple[str, str], ...]] = (
    # an address
    ("there is nothing at this address", "这个地址上没有内容。"),
    (
        "there is nothing at this address: see /openapi.json",
        "这个地址上没有内容：程序请看 /openapi.json。",
    ),
    ("{text} is no date: give one like 2026-01-12", "这不是日期：请写成 2026-01-12 这样。"),
    ("{text} is no page number: give one like 7 or A01", "这不是版次：请写成 7 或 A01 这样。"),
    (
        "{text} is no id: give one like {article}, or a page as {page}",
        "这不是编号：稿件的编号形如 {article}，版的形如 {page}。",
    ),
    ('"{day}" in "{text}" is no date', "编号中的日期 {day} 并不存在。"),
    ("the id is too long: give one like {article}", "编号太长：稿件的编号形如 {article}。"),
    ("the archive has no article {id}", "档案中没有稿件 {id}。"),
    (
        "nothing is kept or known of {paper} of {day}: it was never asked for",
        "{paper} 的 {day} 这一期从未抓取过，没有任何记录。",
    ),
    ("nothing is known of page {page} of {day}", "{day} 第 {page} 版没有任何记录。"),
    (
        "the archive has nothing of {paper}: the home page lists what it has",
        "档案中没有 {paper} 这份报纸：首页列有全部报纸。",
    ),
    ("the archive has nothing of {paper} of {year}", "档案中没有 {paper} {year} 年的报纸。"),
    # a query
    ("the query has more than {count} characters: shorten it", "检索词超过 {count} 字：请缩短。"),
    ("the query has more than {count} words: leave some out", "检索词超过 {count} 个：请删去几个。"),
    (
        'OR stands between two words to be found; to find it, write "OR"',
        'OR 前后都要有检索词；要查 OR 本身，请写成 "OR"。',
    ),
    (
        "OR stands between two words to be found, none with a -",
        "OR 的前后不能是带 - 的词。",
    ),
    (
        "give at least one word to be found, beside those with a -",
        "除了带 - 的词，至少还要有一个检索词。",
    ),
    (
        'the quotation of {text} has no end: put a " there',
        '引号没有收尾：请在 {text} 之后补上 "。',
    ),
    ("{text} holds nothing that can be found: leave it out", "{text} 中没有可查的字：请删去。"),
    ("{text} is no genre: choose one of the list", "没有这种体裁：请从列表中选择。"),
    ("{text} is no newspaper's short name: give one like cqrb", "没有这个短名的报纸：短名形如 cqrb。"),
    ("sort by date or by relevance", "只能按日期或按相关排序。"),
    ("the archive has no {id}: give the id of a hit", "档案中没有 {id}：请从第一页查起。"),
    # the archive
    (
        "the answer would take too long: ask for fewer days, one page or one newspaper",
        "要查的太多，来不及作答：请缩短日期，或只查一版、一份报纸。",
    ),
    ("the archive is being written to: try again", "档案正在写入：请稍后再试。"),
    ("the archive cannot be read now: ask its keeper", "档案暂时读不出来：请告知管理员。"),
    (
        "this part of the archive is damaged: ask its keeper to run baoku verify",
        "档案的这一部分已损坏：请告知管理员运行 baoku verify。",
    ),
    ("this cannot be answered now: ask its keeper", "暂时不能作答：请告知管理员。"),
    (
        "this should not happen: the server's log has the reason",
        "程序出了差错：原因记在服务器的日志里。",
    ),
    # the door
    ("only GET and HEAD are served", "这里只供阅读：只接受 GET 和 HEAD。"),
    ("the address is too long", "地址太长。"),
    ("the head is too long", "请求头太长。"),
    ("a GET has no body", "读取的请求不应带有正文。"),
    (
        "this name is not served: see baoku serve --help for --behind-proxy",
        "阅览室不以这个主机名开放：管理员请看 baoku serve --help 中的 --behind-proxy。",
    ),
    ("another site's page asked for this", "这是别的网站的网页发来的请求。"),
    ("too many readers at once: try again", "同时来的读者太多：请稍后再试。"),
    ("too many requests in this minute: slow down", "这一分钟里的请求太多：请慢一些。"),
    (
        "give the token: as a bearer, or as the password of any name",
        "请给出令牌：用户名随意，令牌填在密码一栏。",
    ),
)  # fmt: skip
"""Each sentence as the errors say it, then in Chinese; what stands in braces differs."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and the tag of its language."""

    text: str
    tag: str


def told(language: Language, sentence: str) -> Sentence:
    """The sentence in that language; in English, and marked so, where it has no other."""
    if language == "zh":
        for pattern, chinese in _PATTERNS:
            found = pattern.fullmatch(sentence)
            if found is not None:
                return Sentence(chinese.format(**found.groupdict()), TAGS["zh"])
    return Sentence(sentence, TAGS["en"])


def _patterns() -> Iterator[tuple[re.Pattern[str], str]]:
    for english, chinese in SENTENCES:
        parts = re.split(r"\{(\w+)\}", english)
        written = (
            f"(?P<{part}>.*)" if place % 2 else re.escape(part) for place, part in enumerate(parts)
        )
        yield re.compile("".join(written), re.DOTALL), chinese


_PATTERNS: Final = tuple(_patterns())
