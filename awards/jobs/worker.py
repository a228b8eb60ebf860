"""The process that does the jobs."""

import fcntl
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dbos import DBOS, DBOSPortableJSONSerializer

from awards.domain.errors import AwardsError, Refused
from awards.jobs.bench import Bench, Step, words_of_refusal
from awards.jobs.queue import APPLICATION, PROGRESS, QUEUE, VERSION, WORKFLOW
from awards.jobs.tasks import Task, Verb

_POLLS = 0.2
_LOOKS = 1.0
_FINISH = 5


def run_worker(bench: Bench, url: str, *, name: str, root: Path, parent: int | None = None) -> None:
    """Do jobs until the process is told to stop, or *parent* is no more.

    Jobs that a process of the same *name* left unfinished are gone on with. Raises
    `Refused` when another process of that name is at work here.
    """
    with alone(root, name), working(bench, url, name=name):
        stop = threading.Event()
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, lambda *_: stop.set())
        while not stop.wait(_LOOKS):
            if parent is not None and os.getppid() != parent:
                return


@contextmanager
def working(bench: Bench, url: str, *, name: str) -> Iterator[None]:
    """Jobs are taken from the queue at *url*, one at a time, until the end."""
    DBOS(
        config={
            "name": APPLICATION,
            "system_database_url": url,
            "application_version": VERSION,
            "executor_id": name,
            "serializer": DBOSPortableJSONSerializer(),
            "log_level": "WARNING",
            "use_listen_notify": False,
        }
    )
    DBOS.workflow(name=WORKFLOW)(_workflow(bench))
    DBOS.launch()
    try:
        DBOS.register_queue(QUEUE, worker_concurrency=1, polling_interval_sec=_POLLS)
        yield
    finally:
        DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=_FINISH)


@contextmanager
def alone(root: Path, name: str) -> Iterator[None]:
    """Hold the name of a worker. Raises `Refused` while another process does."""
    with (root / f"worker-{name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refused(
                f"A worker called {name!r} is at work on {root} already. "
                "Stop it first, or give this one another name: --name NAME"
            ) from error
        yield


def _workflow(bench: Bench) -> Callable[[dict[str, str]], dict[str, Any]]:
    def job(said: dict[str, str]) -> dict[str, Any]:
        """Plan, then step by step: what is recorded is not done again after a fall."""
        task = Task(**{**said, "verb": Verb(said["verb"])})  # type: ignore[arg-type]
        plan = DBOS.run_step({"name": "plan"}, _plan, bench, task)
        if isinstance(plan, dict):
            return plan
        made: list[str] = []
        for name in plan:
            DBOS.set_event(PROGRESS, {"doing": name, "done": len(made), "steps": len(plan)})
            step = Step(job=DBOS.workflow_id or "", name=name, task=task)
            found = DBOS.run_step({"name": name}, _perform, bench, step, len(made), len(plan))
            if "refused" in found:
                return {**found, "made": made}
            made.append(found["made"])
        return {"made": made}

    return job


def _plan(bench: Bench, task: Task) -> list[str] | dict[str, Any]:
    try:
        return bench.plan(task)
    except AwardsError as error:
        return {"refused": words_of_refusal(error)}


def _perform(bench: Bench, step: Step, done: int, steps: int) -> dict[str, Any]:
    def tell(doing: str) -> None:
        DBOS.set_event(PROGRESS, {"doing": doing, "done": done, "steps": steps})

    try:
        return {"made": bench.perform(step, tell)}
    except AwardsError as error:
        return {"refused": words_of_refusal(error)}
