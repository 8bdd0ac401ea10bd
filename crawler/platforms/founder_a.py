"""Founder's first generations (tplimg/mp.js): node_N.htm and content_N.htm in the day's folder.

N of a page is the id of a page slot, not the page's number: the page list says which is which.
Seen on saved pages of 江西日报, 中国旅游报 and 中国纪检监察报 (2017).
"""

import re

from crawler.parse.layout import Layout

LAYOUT = Layout(
    name="founder_a",
    page_path=re.compile(r"/\d{4}-\d{2}/\d{2}/node_(?P<folio_id>\d+)\.html?$"),
    article_name=re.compile(r"content_\d+(?:_\d+)?\.html?"),
    article_path=re.compile(r"/\d{4}-\d{2}/\d{2}/content_(?P<native_id>\d+(?:_\d+)?)\.html?$"),
)
