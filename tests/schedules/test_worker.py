"""The worker under a database that goes away, and jobs that go wrong."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import pytest

from press.clock import Stopped
from press.errors import ArchiveDamaged, ArchiveHeld, HomeUnusable, LeaseLost
from schedules.job import Job, Taken
from schedules.worker import TRIES, Worker


def a_job(number):
    day = date(2031, 2, number)
    return Job(
        kind="archive", paper="p", since=day, until=day, page_no=7, reason="", lock="http://h:80"
    )


@dataclass
class Fake:
    """Clock, queue and work at once; what happens is kept in order."""

    jobs: list[Job] = field(default_factory=list)
    troubles: dict[str, list[BaseException]] = field(default_factory=dict)
    slept_s: float = 0.0
    happened: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    in_hand: Job | None = None

    def now(self):
        return datetime(2031, 2, 3, tzinfo=UTC)

    def monotonic(self):
        return self.slept_s

    def sleep(self, wait_s):
        self.slept_s += wait_s

    def take(self):
        self._trouble("take")
        if self.in_hand is None and self.jobs:
            self.in_hand = self.jobs.pop(0)
        return self.in_hand and Taken(id=1, job=self.in_hand)

    def finish(self, taken):
        self._trouble("finish")
        self.happened.append(f"finished {taken.job.since.day}")
        self.in_hand = None

    def rescue(self, silent_s):
        self._trouble("rescue")
        self.happened.append("rescued")
        return 0

    def work(self, job):
        self.happened.append(f"work {job.since.day}")
        self._trouble(f"work {job.since.day}")

    def _trouble(self, name):
        if self.troubles.get(name):
            raise self.troubles[name].pop(0)

    def is_stopped(self):
        return not self.jobs and self.in_hand is None

    def run(self):
        worker = Worker(
            self,
            self.work,
            clock=self,
            tell=lambda error: self.told.append(type(error).__name__),
            silent_s=60,
        )
        worker.run(self.is_stopped)
        return [one for one in self.happened if one != "rescued"]


def away():
    return HomeUnusable("the database is away")


def test_jobs_are_done_one_after_another():
    assert Fake(jobs=[a_job(1), a_job(2)]).run() == ["work 1", "finished 1", "work 2", "finished 2"]


def test_a_job_that_another_worker_has_is_left_to_it():
    fake = Fake(jobs=[a_job(1), a_job(2)], troubles={"work 1": [LeaseLost("")]})
    assert fake.run() == ["work 1", "finished 1", "work 2", "finished 2"]
    assert fake.told == ["LeaseLost"]


def test_a_job_whose_host_is_held_is_left():
    fake = Fake(jobs=[a_job(1)], troubles={"work 1": [ArchiveHeld("")]})
    assert fake.run() == ["work 1", "finished 1"]


def test_a_job_that_the_database_interrupted_is_done_again():
    fake = Fake(jobs=[a_job(1)], troubles={"work 1": [away(), away()]})
    assert fake.run() == ["work 1", "work 1", "work 1", "finished 1"]


@pytest.mark.parametrize("where", ["take", "finish", "rescue"])
def test_a_database_that_comes_back_is_waited_for(where):
    fake = Fake(jobs=[a_job(1)], troubles={where: [away() for _ in range(TRIES - 1)]})
    assert fake.run()[-1] == "finished 1"
    assert fake.told == ["HomeUnusable"] * (TRIES - 1)
    assert fake.slept_s > 60


def test_a_database_that_stays_away_ends_it():
    fake = Fake(jobs=[a_job(1)], troubles={"take": [away() for _ in range(TRIES)]})
    with pytest.raises(HomeUnusable):
        fake.run()


def test_failures_count_only_in_a_row():
    jobs = [a_job(number) for number in range(1, 10)]
    troubles = {f"work {number}": [away(), away()] for number in range(1, 10)}
    assert len(Fake(jobs=jobs, troubles=troubles).run()) == 9 * 4


def test_a_job_that_would_kill_every_worker_kills_one():
    fake = Fake(jobs=[a_job(1)], troubles={"work 1": [ArchiveDamaged("")]})
    with pytest.raises(ArchiveDamaged):
        fake.run()
    assert fake.happened == ["rescued", "work 1", "finished 1"]


def test_a_worker_that_must_end_leaves_its_job_in_hand():
    fake = Fake(jobs=[a_job(1)], troubles={"work 1": [Stopped()]})
    with pytest.raises(Stopped):
        fake.run()
    assert fake.in_hand is not None


def test_silent_workers_are_looked_for_while_there_is_nothing_to_do():
    fake = Fake()
    worker = Worker(fake, fake.work, clock=fake, tell=lambda _: None, silent_s=60)
    worker.run(lambda: fake.slept_s > 30)
    assert fake.happened == ["rescued"] * 6
