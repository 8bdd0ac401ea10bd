"""Jobs: names that the queue keeps, and the host they take turns at."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.papers import find_paper
from crawler.papers.addresses import Mirror
from pipeline.plan import ArchiveIssue, ArchivePage
from press.errors import UsageError
from press.keys import PageKey
from schedules.job import Job, host_of, job_for, job_of

CQRB = find_paper("cqrb")
DAY = date(2026, 1, 10)


@given(
    kind=st.sampled_from(["archive", "reread"]),
    since=st.dates(),
    until=st.dates(),
    page_no=st.one_of(st.integers(1, 400), st.sampled_from(["all", "A01"])),
    reason=st.text(max_size=20),
)
def test_a_job_comes_back_from_the_queue_as_it_went_in(kind, since, until, page_no, reason):
    job = Job(
        kind=kind, paper="cqrb", since=since, until=until, page_no=page_no, reason=reason, lock="h"
    )
    assert job_of(kind, "h", job.words) == job


def test_an_intent_becomes_a_job_of_its_page():
    intent = ArchivePage(key=PageKey("cqrb", DAY, 7), reason="it is due", aim="retry")
    job = job_for(intent, CQRB, Mirror())
    assert (job.since, job.until, job.page_no, job.reason) == (DAY, DAY, 7, "it is due")
    assert job.name == "archive/cqrb/2026-01-10..2026-01-10/7"


def test_an_issue_of_which_no_page_is_known_is_one_job():
    assert job_for(ArchiveIssue(issue_date=DAY, reason=""), CQRB, Mirror()).page_no == "all"


@pytest.mark.parametrize(
    ("day", "origin", "host"),
    [
        (DAY, None, "https://epaper.cqrb.cn"),
        (date(2010, 1, 1), None, "http://cqrbepaper.cqnews.net"),
        (date(2000, 1, 1), None, "https://epaper.cqrb.cn"),
        (DAY, "http://127.0.0.1:8123", "http://127.0.0.1:8123"),
    ],
)
def test_jobs_take_turns_at_the_host_that_is_asked_first(day, origin, host):
    assert host_of(CQRB, day, Mirror(origin)) == host


@pytest.mark.parametrize(
    ("kind", "lock", "words"),
    [
        ("paint", "h", {}),
        ("archive", "h", {"paper": "cqrb"}),
        ("archive", None, {"paper": "cqrb"}),
        (
            "archive",
            "h",
            {"paper": "cqrb", "since": "x", "until": "", "page_no": "1", "reason": ""},
        ),
    ],
)
def test_a_job_of_another_version_is_refused_in_a_sentence(kind, lock, words):
    with pytest.raises(UsageError, match="same version"):
        job_of(kind, lock, words)
