"""Founder's nbs/nw naming: nbs.D110000CODE_NN.htm and nw.D110000CODE_YYYYMMDD_SEQ-NN.htm.

Seen on saved pages of 人民日报 (2017), where titles are written by a script and stand once more,
hidden, at the foot of the page, and where #ozoom on a page index wraps lists and no article.
"""

import re

from crawler.parse.layout import Layout

LAYOUT = Layout(
    name="founder_c",
    page_path=re.compile(r"/nbs\.D\d+[A-Za-z]+_(?P<folio>[A-Za-z]*\d+)\.html?$"),
    article_name=re.compile(r"nw\.D\d+[A-Za-z]+_\d{8}_\d+-[A-Za-z]*\d+\.html?"),
    article_path=re.compile(r"/nw\.D\d+[A-Za-z]+_(?P<native_id>\d{8}_\d+-[A-Za-z]*\d+)\.html?$"),
    body_ids=("articlecontent", "ozoom"),
    headline_classes=(),
)
