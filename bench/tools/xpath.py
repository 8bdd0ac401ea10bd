"""The floor: the two XPaths that somebody writes who knows this one site, with lxml."""

from typing import Any

from lxml import etree, html

VERSION = "lxml " + ".".join(map(str, etree.LXML_VERSION[:3]))
TITLE = (
    '//td[@class="font01"] | //td[@class="bt1"] | //td/strong[contains(@style, "font-size:23px")]'
)
BODY = '//*[@id="ozoom"]//text()'


def prepare(question: dict[str, Any]) -> str:
    """The page's text: which encoding it is in was found for this tool."""
    return str(question["html"])


def read(page: str) -> tuple[str, str]:
    """What is timed."""
    tree = html.fromstring(page)
    title = next(iter(tree.xpath(TITLE)), None)
    lines = (text.strip() for text in tree.xpath(BODY))
    return "" if title is None else title.text_content(), "\n".join(filter(None, lines))


def answer(found: tuple[str, str]) -> dict[str, Any]:
    """Headline and body."""
    return {"headline": found[0], "body": found[1]}
