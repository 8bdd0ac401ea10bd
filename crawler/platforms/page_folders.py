"""Founder markup in page folders: …/YYYY-MM/DD/NNN/node.htm and content_rb_N.htm beside it.

Chongqing Daily since 2016 (www.cqrb.cn, then epaper.cqrb.cn). The folder is the page's number in
three digits; the articles of a page lie in its folder.
"""

import re

from crawler.parse.layout import Layout

LAYOUT = Layout(
    name="page_folders",
    page_path=re.compile(r"/\d{4}-\d{2}/\d{2}/(?P<folio>[A-Za-z]?\d{2,3})/node\.html?$"),
    article_name=re.compile(r"content_(?:[a-z]+_)?\d+\.html?"),
    article_path=re.compile(
        r"/\d{4}-\d{2}/\d{2}/(?P<folio>[A-Za-z]?\d{2,3})/content_(?:[a-z]+_)?(?P<native_id>\d+)\.html?$"
    ),
)
