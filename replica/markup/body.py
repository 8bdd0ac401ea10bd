"""The body of an article: blocks, notes, jump lines and credits inside #ozoom."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from press.model import Block
from replica.markup.layout import Layout
from replica.markup.pictures import picture_tables
from replica.markup.text import markup
from replica.truth import TrueArticle

_INDENTS: Final = {
    "ideographic": "　　",
    "nbsp": "&nbsp;&nbsp;&nbsp;&nbsp;",
    "nbsp-mixed": "&nbsp; &nbsp; ",
}


def body(article: TrueArticle, layout: Layout) -> str:
    """The element #ozoom with everything of the article below its headline block."""
    inner = "\n".join(_pieces(article, layout))
    if layout.comments == "enpcontent":
        inner = f"<!--enpcontent-->{inner}<!--/enpcontent-->"
    if layout.wrapper == "founder-content":
        inner = f"<founder-content>{inner}</founder-content>"
    pictures = ""
    if layout.pictures == "in-body":
        pictures = picture_tables(article, layout)
    return f"<div id=ozoom style='ZOOM: 100%'>{pictures}{inner}</div>"


def _pieces(article: TrueArticle, layout: Layout) -> Iterator[str]:
    resume = markup(article.resume_line or "", layout)
    jump = markup(article.jump_line or "", layout)
    blocks = article.blocks
    joined = layout.jump == "in-paragraph"
    lead = resume if joined and blocks and blocks[0].type == "paragraph" else ""
    tail = jump if joined and blocks and blocks[-1].type == "paragraph" else ""
    if resume and not lead:
        yield _paragraph(resume, layout)
    for index, block in enumerate(blocks):
        following = blocks[index + 1].type if index + 1 < len(blocks) else None
        set_ = layout
        if following == "verse" and layout.verse == "bare-lines":
            set_ = replace(layout, paragraph="closed")  # else the verse would be in the paragraph
        yield _block(
            block,
            set_,
            dateline=article.dateline if index == 0 else None,
            lead=lead if index == 0 else "",
            tail=tail if following is None else "",
        )
    if jump and not tail:
        yield _paragraph(jump, layout)
    if article.author_note:
        yield _paragraph(markup(article.author_note, layout), layout)
    if article.page_credits:
        yield _paragraph(markup(article.page_credits, layout), layout, " align=right")


def _block(block: Block, layout: Layout, *, dateline: str | None, lead: str, tail: str) -> str:
    match block.type:
        case "crosshead":
            return _crosshead(markup(block.text, layout), layout)
        case "verse":
            return _verse(block.text, layout)
        case "table":
            return _table(block, layout)
        case "list":
            items = "\n".join(f"<LI>{markup(item, layout)}" for item in block.text.split("\n"))
            return f"<UL>\n{items}\n</UL>"
        case "note":
            return _paragraph(_emphasised(block.text, 3, "strong", layout), layout)
        case "paragraph":
            inner = _emphasised(block.text, len(dateline or "1234"), layout.emphasis, layout)
            return _paragraph(lead + inner + tail, layout)


def _emphasised(text: str, length: int, emphasis: str, layout: Layout) -> str:
    start, rest = markup(text[:length], layout), markup(text[length:], layout)
    if emphasis == "strong":
        return f"<STRONG>{start}</STRONG>{rest}"
    if emphasis == "font":
        return f"<font face=楷体_GB2312 color=#333333>{start}</font>{rest}"
    return start + rest


def _paragraph(inner: str, layout: Layout, attributes: str = "") -> str:
    close = "</P>" if layout.paragraph == "closed" else ""
    return f"<P{attributes}>{_INDENTS[layout.indent]}{inner}{close}"


def _crosshead(text: str, layout: Layout) -> str:
    if layout.crosshead == "bold":
        return _paragraph(f"<STRONG>{text}</STRONG>", layout)
    if layout.crosshead == "centred":
        close = "</P>" if layout.paragraph == "closed" else ""
        return f"<P align=center>{text}{close}"
    return _paragraph(text, layout)


def _verse(text: str, layout: Layout) -> str:
    indent = _INDENTS[layout.indent]
    stanzas = [
        "<br>\n".join(indent + markup(line, layout) for line in stanza.split("\n"))
        for stanza in text.split("\n\n")
    ]
    close = "</P>" if layout.paragraph == "closed" else ""
    if layout.verse == "stanzas":
        return "\n".join(f"<P>{stanza}{close}" for stanza in stanzas)
    lines = "<br>\n<br>\n".join(stanzas)
    if layout.verse == "one-paragraph":
        return f"<P>{lines}{close}"
    return lines + "<br>"


def _table(block: Block, layout: Layout) -> str:
    rows = "\n".join(
        "<TR>" + "".join(f"<TD>{markup(cell, layout)}</TD>" for cell in row) + "</TR>"
        for row in block.rows
    )
    return f"<TABLE border=1 cellSpacing=0 cellPadding=3 width=480><TBODY>\n{rows}</TBODY></TABLE>"
