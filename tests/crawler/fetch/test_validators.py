import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.fetch import Validators, validators_of
from press.errors import UsageError

MODIFIED = "Sat, 01 Nov 2025 22:00:00 GMT"


def test_the_marks_of_an_answer_become_conditions() -> None:
    found = validators_of((("etag", 'W/"a"'), ("Last-MODIFIED", MODIFIED), ("ETag", '"b"')))
    assert found == Validators(etag='W/"a"', last_modified=MODIFIED)
    assert found.conditions == (
        (b"If-None-Match", b'W/"a"'),
        (b"If-Modified-Since", MODIFIED.encode()),
    )


def test_an_answer_without_marks_gives_no_condition() -> None:
    assert validators_of((("Content-Type", "text/html"),)) == Validators()
    assert Validators().conditions == ()


@pytest.mark.parametrize(
    "value",
    ["", " x", "x ", 'a"\r\nX-Forged: 1', "a\tb", "\x00", "\x7f", "\x85a", "报", "x" * 1025],
)
def test_a_value_that_no_header_holds_is_refused_and_from_an_answer_left_out(value: str) -> None:
    for name in ("etag", "last_modified"):
        with pytest.raises(UsageError, match="cannot stand in a header"):
            Validators(**{name: value})
    assert validators_of((("ETag", value), ("Last-Modified", MODIFIED))) == Validators(
        last_modified=MODIFIED
    )


@given(st.text(st.characters(max_codepoint=0x180), max_size=20))
def test_whatever_an_answer_bears_never_breaks_a_request(value: str) -> None:
    for _, sent in validators_of((("ETag", value),)).conditions:
        assert sent.decode("latin-1") == value
        assert not set(sent) & {*range(32), 127}
