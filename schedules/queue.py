"""The queue: jobs in PostgreSQL, for workers on any number of machines. Procrastinate's tables.

Only this module knows the engine. Its jobs, locks and heartbeats are used, not its worker: that one
runs jobs beside an event loop, ends with 0 when the database restarts, and ends jobs that were
given to another meanwhile. Finished jobs are deleted; what came of them is in the ledger.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Coroutine, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from threading import Thread
from typing import Any, Final, TypeVar

import psycopg
from procrastinate import App, PsycopgConnector
from procrastinate.connector import BaseConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException, UniqueViolation
from procrastinate.jobs import Job as EngineJob
from procrastinate.jobs import Status
from psycopg.conninfo import make_conninfo

from press.errors import HomeUnusable
from schedules.job import Job, Taken, job_of
from storage.catalogue.postgresql import session_keywords

logging.getLogger("psycopg.pool").setLevel(logging.CRITICAL)  # what it tells is raised, too

QUEUE: Final = "baoku"
PATIENCE_S: Final = 60.0
"""The longest that one word with the database may take."""

CONNECT_S: Final = 10
_AT_ONCE: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""When a job that is put back may be done. The engine's default is this machine's time, which may
be ahead of the database's: then the job, and all of its host behind it, would wait for that."""

_Result = TypeVar("_Result")


@contextmanager
def queue_at(url: str, *, beat_s: float, connect_s: int = CONNECT_S) -> Iterator["Queue"]:
    """The queue in the catalogue's database, `postgresql+psycopg://...`; made where there is none.

    While a worker has joined it gives a sign of life every `beat_s`. Raises HomeUnusable where the
    database cannot be reached.
    """
    address = make_conninfo(**session_keywords(url))
    try:  # the pool would try for half a minute
        psycopg.connect(address, connect_timeout=connect_s).close()
    except psycopg.Error as error:
        raise _away(error) from error
    connector = PsycopgConnector(
        conninfo=address,
        min_size=1,
        max_size=2,
        timeout=connect_s,
        kwargs={"connect_timeout": connect_s},
    )
    with opened(connector, beat_s=beat_s) as queue:
        queue.prepare()
        yield queue


@contextmanager
def opened(connector: BaseConnector, *, beat_s: float) -> Iterator["Queue"]:
    """The queue behind an engine's connector."""
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever, name="queue", daemon=True)
    thread.start()
    queue = Queue(App(connector=connector), loop, beat_s=beat_s)
    try:
        queue.open()
        yield queue
    finally:
        with suppress(HomeUnusable):
            queue.close()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


class Queue:
    """Jobs of each paper in the order in which they were deferred, of each host one at a time.

    The papers take turns: the first job of each, then the second of each. So ten years of one paper
    do not keep back today's issue of another, and no host is left for the end alone.

    For one thread; its words with the database go through another, which also gives the signs of
    life, so that a long page is no death. Every method raises HomeUnusable where the database does
    not answer: then nothing is lost, and it may be asked again.
    """

    def __init__(self, app: App, loop: asyncio.AbstractEventLoop, *, beat_s: float) -> None:
        self._app = app
        self._jobs = app.job_manager
        self._loop = loop
        self._beat_s = beat_s
        self._worker_id: int | None = None
        self._beating: asyncio.Task[None] | None = None

    def open(self) -> None:
        """Connects."""
        self._wait(self._open())

    def close(self) -> None:
        """Leaves the queue, and lets go of the connections."""
        try:
            self._wait(self._leave())
        finally:
            self._wait(self._app.close_async())

    def prepare(self) -> None:
        """Makes the engine's tables where there are none; two who do it at once take turns."""
        self._wait(self._prepare())

    def defer(self, jobs: Iterable[Job]) -> tuple[Job, ...]:
        """Puts jobs into the queue, and gives those that were not waiting or in hand.

        A paper's first one here is its next, before what waits of a longer list deferred earlier.
        """
        return self._wait(self._defer(list(jobs)))

    def take(self) -> Taken | None:
        """The next job that may be done, now in this worker's hands; None where there is none.

        One that it did not finish, since the database was away, is first put back.
        """
        return self._wait(self._take())

    def finish(self, taken: Taken) -> None:
        """The job is done with, unless it was given to another worker meanwhile."""
        self._wait(self._finish(taken))

    def rescue(self, silent_s: float) -> int:
        """Puts the jobs of workers back that were silent for so long; gives how many."""
        return self._wait(self._rescue(silent_s))

    def waiting(self) -> int:
        """How many jobs are waiting or in hand."""
        return self._wait(self._waiting())

    async def _open(self) -> None:
        await self._app.open_async()

    async def _prepare(self) -> None:
        if not await self._app.check_connection_async():
            with suppress(ConnectorException):  # another was quicker: looked at again below
                await self._app.schema_manager.apply_schema_async()
        if not await self._app.check_connection_async():
            raise ConnectorException("the tables of the queue could not be made")

    async def _defer(self, jobs: list[Job]) -> tuple[Job, ...]:
        in_hand = await self._jobs.list_jobs_async(queue=QUEUE, status=Status.DOING.value)
        names = {one.queueing_lock for one in in_hand}
        new = []
        turns: Counter[str] = Counter()
        for job in jobs:
            turns[job.paper] += 1
            if job.name in names:
                continue
            with suppress(AlreadyEnqueued):
                await self._jobs.defer_job_async(_engine_job(job, turns[job.paper]))
                new.append(job)
        return tuple(new)

    async def _take(self) -> Taken | None:
        worker_id = await self._joined()
        for left in await self._jobs.list_jobs_async(
            queue=QUEUE, status=Status.DOING.value, worker_id=worker_id
        ):
            await self._put_back(left)
        try:
            found = await self._jobs.fetch_job([QUEUE], worker_id)
        except ConnectorException as error:
            if isinstance(error.__cause__, psycopg.IntegrityError):
                self._worker_id = None  # silent for so long that it was forgotten: it joins anew
            raise
        if found is None or found.id is None:
            return None
        return Taken(id=found.id, job=job_of(found.task_name, found.lock, found.task_kwargs))

    async def _finish(self, taken: Taken) -> None:
        if self._worker_id is None:
            return
        mine = await self._jobs.list_jobs_async(
            id=taken.id, status=Status.DOING.value, worker_id=self._worker_id
        )
        for one in mine:
            await self._jobs.finish_job(one, Status.SUCCEEDED, delete_job=True)

    async def _rescue(self, silent_s: float) -> int:
        stalled = await self._jobs.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=silent_s)
        rescued = [await self._put_back(job) for job in stalled]
        await self._jobs.prune_stalled_workers(silent_s)
        return sum(rescued)

    async def _put_back(self, job: EngineJob) -> bool:
        """False where the same job waits already, or another rescuer was quicker."""
        try:
            await self._jobs.retry_job(job, retry_at=_AT_ONCE)
        except UniqueViolation:
            await self._jobs.finish_job(job, Status.ABORTED, delete_job=True)
            return False
        except ConnectorException as error:
            if isinstance(error.__cause__, psycopg.errors.RaiseException):
                return False  # its own worker, or another rescuer, was quicker
            raise
        return True

    async def _waiting(self) -> int:
        listed = [
            await self._jobs.list_jobs_async(queue=QUEUE, status=status.value)
            for status in (Status.TODO, Status.DOING)
        ]
        return sum(len(list(jobs)) for jobs in listed)

    async def _joined(self) -> int:
        if self._worker_id is None:
            self._worker_id = await self._jobs.register_worker()
        if self._beating is None:
            self._beating = asyncio.create_task(self._beat())
        return self._worker_id

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(self._beat_s)
            if self._worker_id is not None:
                with suppress(ConnectorException, psycopg.Error):  # a database that is away
                    await self._jobs.update_heartbeat(self._worker_id)

    async def _leave(self) -> None:
        if self._beating is not None:
            self._beating.cancel()
        if self._worker_id is None:
            return
        for left in await self._jobs.list_jobs_async(
            queue=QUEUE, status=Status.DOING.value, worker_id=self._worker_id
        ):
            await self._put_back(left)
        await self._jobs.unregister_worker(self._worker_id)

    def _wait(self, word: Coroutine[Any, Any, _Result]) -> _Result:
        future = asyncio.run_coroutine_threadsafe(word, self._loop)
        try:
            return future.result(PATIENCE_S)
        except (ConnectorException, psycopg.Error, TimeoutError, OSError) as error:
            future.cancel()
            raise _away(error) from error


def _away(error: Exception) -> HomeUnusable:
    return HomeUnusable(
        f"the queue's database does not answer ({type(error).__name__}): check that its server runs"
    )


def _engine_job(job: Job, turn: int) -> EngineJob:
    return EngineJob(
        queue=QUEUE,
        priority=-turn,
        task_name=job.kind,
        lock=job.lock,
        queueing_lock=job.name,
        task_kwargs={**job.words},
    )
