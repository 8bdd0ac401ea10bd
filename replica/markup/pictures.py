"""Picture tables: the image in one row, its caption in the next."""

from urllib.parse import urlsplit

from press.model import Picture
from replica.addresses import era_on, folder
from replica.markup.layout import Layout
from replica.markup.text import markup
from replica.truth import TrueArticle


def picture_tables(article: TrueArticle, layout: Layout) -> str:
    """A table for each picture, the newer skin's or the older one's; "" without pictures."""
    return "\n".join(_table(article, picture, layout) for picture in article.pictures)


def _table(article: TrueArticle, picture: Picture, layout: Layout) -> str:
    image = f'<IMG src="{_source(article, picture, layout)}" border=0>'
    words = markup((picture.caption or "") + (picture.credit or ""), layout)
    caption = f'<tr><td class=black align=left style="padding:5px">　　{words}</td></tr>'
    if not words and layout.empties == "omitted":
        caption = ""
    opening = (
        '<table id=newspic border=0 cellspacing=1 cellpadding=5 align=center bgcolor="#efefef">'
        if layout.head in ("rows-font", "rows-bt")
        else '<table cellpadding=5 align=center border=0 bgcolor="#d8d9bd">'
    )
    return f"{opening}<tr><td align=center>{image}</td></tr>{caption}</table>"


def _source(article: TrueArticle, picture: Picture, layout: Layout) -> str:
    path = urlsplit(picture.url or "").path
    if layout.links == "absolute":
        return path
    depth = folder(article.issue_date, article.page_no).count("/")
    top = era_on(article.issue_date).root.removesuffix("/html")
    return "../" * (depth - top.count("/")) + path.removeprefix(top + "/")
