"""What a person should know: opened once, told once, closed when it is no longer so."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from press.finding import Finding
from press.keys import PageKey
from tests.storage.samples import DAY, KEY, START

LATER = START + timedelta(hours=1)
LAST = START + timedelta(hours=2)


def a_finding(kind="challenge", key=KEY, sentence="a bot check came"):
    return Finding(key=key, kind=kind, sentence=sentence)


def settle(catalogue, *found, key=KEY, now=START):
    with catalogue.writing() as writer:
        writer.settle_findings(key, found, now)


def kept(catalogue, paper=None):
    with catalogue.reading() as reader:
        return reader.findings(paper)


def mark_told(catalogue, told, now=LATER):
    with catalogue.writing() as writer:
        writer.mark_told(told, now)


def test_what_is_found_is_open_and_untold(catalogue):
    settle(catalogue, a_finding())
    (one,) = kept(catalogue)
    assert one.finding == a_finding()
    assert (one.opened_at, one.closed_at, one.told_at) == (START, None, None)


def test_what_is_found_again_keeps_its_times_and_says_the_newest_sentence(catalogue):
    settle(catalogue, a_finding())
    mark_told(catalogue, kept(catalogue))
    settle(catalogue, a_finding(sentence="it came again"), now=LAST)
    (one,) = kept(catalogue)
    assert (one.opened_at, one.told_at) == (START, LATER)
    assert one.finding.sentence == "it came again"


def test_a_page_may_have_findings_of_several_kinds_and_only_its_own_are_settled(catalogue):
    other = PageKey("cqrb", DAY, 8)
    settle(catalogue, a_finding("challenge"), a_finding("needs_review"))
    settle(catalogue, a_finding("challenge", other), key=other)
    settle(catalogue, a_finding("needs_review"), now=LATER)
    assert [(one.finding.key.page_no, one.finding.kind) for one in kept(catalogue)] == [
        (7, "needs_review"),
        (8, "challenge"),
    ]


def test_what_ends_before_anybody_was_told_is_forgotten(catalogue):
    settle(catalogue, a_finding())
    settle(catalogue, now=LATER)
    assert kept(catalogue) == ()


def test_what_ends_after_a_person_was_told_is_closed_until_that_is_told_too(catalogue):
    settle(catalogue, a_finding())
    mark_told(catalogue, kept(catalogue))
    settle(catalogue, now=LAST)
    settle(catalogue, now=LAST + timedelta(hours=1))
    (one,) = kept(catalogue)
    assert one.closed_at == LAST
    mark_told(catalogue, [one], LAST)
    assert kept(catalogue) == ()


def test_what_closed_and_is_so_again_before_that_was_told_changed_for_nobody(catalogue):
    settle(catalogue, a_finding())
    mark_told(catalogue, kept(catalogue))
    settle(catalogue, now=LATER)
    settle(catalogue, a_finding(), now=LAST)
    (one,) = kept(catalogue)
    assert (one.opened_at, one.closed_at, one.told_at) == (START, None, LATER)
    settle(catalogue, now=LAST)
    assert [one.closed_at for one in kept(catalogue)] == [LAST]


def test_what_comes_back_after_its_end_was_told_is_new(catalogue):
    settle(catalogue, a_finding())
    mark_told(catalogue, kept(catalogue))
    settle(catalogue, now=LATER)
    mark_told(catalogue, kept(catalogue))
    settle(catalogue, a_finding(), now=LAST)
    (one,) = kept(catalogue)
    assert (one.opened_at, one.told_at) == (LAST, None)


def test_what_changed_while_it_was_being_told_stays_to_be_told(catalogue):
    settle(catalogue, a_finding())
    read_open = kept(catalogue)
    mark_told(catalogue, read_open)
    settle(catalogue, now=LATER)
    mark_told(catalogue, read_open, LAST)
    (one,) = kept(catalogue)
    assert one.closed_at == LATER
    settle(catalogue, a_finding(), now=LAST)
    mark_told(catalogue, [one], LAST)
    assert [one.closed_at for one in kept(catalogue)] == [None]


def test_what_was_forgotten_while_it_was_being_told_is_no_error(catalogue):
    settle(catalogue, a_finding())
    read_open = kept(catalogue)
    settle(catalogue)
    mark_told(catalogue, read_open)
    assert kept(catalogue) == ()


def test_findings_come_with_the_newest_issue_first_and_of_one_paper_when_asked(catalogue):
    keys = [
        PageKey("cqrb", DAY, 7),
        PageKey("cqrb", date(2031, 2, 4), 7),
        PageKey("jxrb", DAY, "A01"),
    ]
    for key in keys:
        settle(catalogue, a_finding(key=key), key=key)
    assert [one.finding.key for one in kept(catalogue)] == [keys[1], keys[0], keys[2]]
    assert [one.finding.key for one in kept(catalogue, "jxrb")] == [keys[2]]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=8))
def test_whatever_happens_a_person_who_heard_all_messages_knows_what_is_so(catalogue, runs):
    """Each run finds the page ill or well, and its message arrives or not."""
    known = False
    for is_so, arrives in runs:
        settle(catalogue, *([a_finding()] if is_so else []))
        news = [one for one in kept(catalogue) if (one.told_at is None) == (one.closed_at is None)]
        assert bool(news) == (is_so != known)
        if arrives:
            mark_told(catalogue, news)
            known = is_so
    settle(catalogue)
    mark_told(catalogue, kept(catalogue))
    assert kept(catalogue) == ()
