"""Records for the exporters."""

from hypothesis import strategies as st

from press.record import ArticleRecord
from tests.storage.samples import PARSER, START, a_capture, an_article
from tests.strategies import ARTICLES, PLACES


def a_record(article=None, place=None, **changes):
    said = {
        "id": "cqrb-20310203-007-353117",
        "article": article or an_article(),
        "status": "ok",
        "revision": 1,
        "first_seen_at": START,
        "fetched_at": START,
        "place": place or a_capture().place,
        "parser": PARSER,
    }
    return ArticleRecord(**said | changes)


RECORDS = st.builds(a_record, ARTICLES, PLACES)
