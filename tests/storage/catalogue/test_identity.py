"""The two decisions, without a database."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from storage.catalogue.identity import Candidate, Known, Verdict, moment_of, same_article, verdict
from tests.storage.samples import START, a_capture, an_article


def candidate(id_, headline="桥上的灯亮了", *, native_id=None, order=1, content_hash="v1:other"):
    return Candidate(
        id=id_, native_id=native_id, order=order, headline=headline, content_hash=content_hash
    )


def revision(number, body, face, *, hours):
    capture = a_capture(body, hours=hours)
    return Known(
        number=number,
        face=face,
        moment=moment_of(capture),
        sha256=capture.place.sha256,
    )


def test_a_title_that_only_one_has_decides():
    one, other = candidate("1"), candidate("2", "别的")
    assert same_article(an_article(None), "v1:new", [other, one]) == one


def test_with_an_id_only_the_nameless_are_adopted():
    named, nameless = candidate("1", native_id="9"), candidate("2")
    assert same_article(an_article("353117"), "v1:new", [named, nameless]) == nameless
    assert same_article(an_article("353117"), "v1:new", [named]) is None


def test_of_several_with_one_title_equal_content_decides_and_then_the_place():
    first, second = candidate("1", order=1, content_hash="v1:a"), candidate("2", order=2)
    assert same_article(an_article(None, order=2), "v1:a", [first, second]) == first
    assert same_article(an_article(None, order=2), "v1:new", [first, second]) == second
    assert same_article(an_article(None, order=3), "v1:new", [first, second]) is None


def test_an_untitled_article_is_never_matched_by_having_no_title():
    picture = candidate("1", None, order=1)
    assert same_article(an_article(headline=None), "v1:new", [picture]) is None
    assert same_article(an_article(None, headline=None, order=2), "v1:new", [picture]) is None


def test_the_capture_itself_goes_before_another_of_the_same_body():
    known = [
        revision(1, "one", "v1:a", hours=1),
        revision(2, "two", "v1:b", hours=2),
        revision(3, "one", "v1:a", hours=3),
        revision(4, "three", "v1:c", hours=4),
    ]
    again = verdict("v1:x", a_capture("one", hours=3), known[3], known)
    assert again == Verdict("same_body", 3, current=False)


revisions = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), min_size=1, max_size=6
).map(
    lambda pairs: [
        revision(n, body, content, hours=n) for n, (body, content) in enumerate(pairs, start=1)
    ]
)


@given(known=revisions, data=st.data())
def test_a_capture_that_gave_a_revision_never_gives_another(known, data):
    one = data.draw(st.sampled_from(known))
    body = {revision(0, name, "", hours=0).sha256: name for name in "abc"}[one.sha256]
    hours = (one.moment[0] - START) // timedelta(hours=1)
    found = verdict("v1:better", a_capture(body, hours=hours), known[-1], known)
    assert found == Verdict("same_body", one.number, current=one is known[-1])


@given(known=revisions, content=st.sampled_from("xyzw"), body=st.sampled_from("abcd"))
def test_what_was_captured_last_is_current(known, content, body):
    capture = a_capture(body, hours=99)
    found = verdict(content, capture, known[-1], known)
    assert found.current
    is_new = capture.place.sha256 != known[-1].sha256 and content != known[-1].face
    assert (found.meaning == "new_content") == is_new


def test_the_answer_that_a_record_was_read_from_is_known_by_its_body_and_its_second():
    capture = a_capture("one", hours=3)
    sha256, second = capture.place.sha256, timedelta(seconds=1)
    record = replace(revision(4, "a line", "v1:a", hours=3), origin_sha256=sha256)
    precise = replace(capture, captured_at=capture.captured_at + second * 0.9)
    assert verdict("v1:b", precise, record, [record]) == Verdict("same_answer", 4)
    later = replace(capture, captured_at=capture.captured_at + second)
    assert verdict("v1:a", later, record, [record]) == Verdict("nothing_new")
