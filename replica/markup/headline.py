"""The headline block: kicker, headline, deck and byline, in one cell or in rows."""

from replica.markup.layout import Layout
from replica.markup.text import markup
from replica.truth import TrueArticle

_ROW_CLASSES = {
    "rows-font": ("font02", "font01", "font02", "font02"),
    "rows-bt": ("bt2", "bt1", "bt2", "bt4"),
}
_SIZES = ("14px", "23px", "14px", "12px")


def headline_rows(article: TrueArticle, layout: Layout) -> str:
    """Table rows with the parts of the headline, in the order in which papers print them."""
    headline = markup(article.headline, layout).replace("\n", "<br>")
    others = [article.kicker, article.deck, article.byline]
    kicker, deck, byline = (markup(part, layout) if part else "" for part in others)
    parts = (kicker, headline, deck, byline)
    if layout.head == "cell":
        return _cell(parts, layout)
    return "\n".join(
        _row(rank, part, layout)
        for rank, part in enumerate(parts)
        if part or layout.empties == "kept"
    )


def _cell(parts: tuple[str, ...], layout: Layout) -> str:
    set_ = [
        f'<strong style="font-size:23px;font-family:黑体;color:#10288A">{part}</strong>'
        if rank == 1
        else f'<span style="font-size:{_SIZES[rank]}">{part}</span>'
        for rank, part in enumerate(parts)
        if part or layout.empties == "kept"
    ]
    return (
        '<tr valign="top"><td width=572 align=center style="PADDING-TOP: 8px; LINE-HEIGHT: 160%">\n'
        + "<br>\n".join(set_)
        + "\n</td></tr>"
    )


def _row(rank: int, part: str, layout: Layout) -> str:
    if layout.head == "rows-plain":
        tag = "strong" if rank == 1 else "span"
        inner = f'<{tag} style="font-size:{_SIZES[rank]}">{part}</{tag}>'
        return f'<tr valign="top"><td align="center">{inner}</td></tr>'
    css = _ROW_CLASSES[layout.head][rank]
    if rank == 1 and layout.head == "rows-font":
        part = f"<founder-title>{part}</founder-title>"
    return f'<tr valign=top><td class="{css}" align=center>{part}&nbsp;</td></tr>'
