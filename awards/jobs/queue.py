"""The queue on DBOS: its database, how things are written in it, and the client's side."""

import secrets
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from dbos import DBOS, DBOSClient, DBOSPortableJSONSerializer, WorkflowStatus

from awards.jobs.tasks import Job, State, Task, Verb

APPLICATION = "awards"
QUEUE = "desk"
WORKFLOW = "job"
VERSION = "1"
"""Of the steps of jobs. Raise it by hand when a job that was begun by an older program
must not be gone on with by a newer one; never because the program has changed."""

PROGRESS = "progress"
_RECENT = 5
_LISTED = 50
_OPEN = ("ENQUEUED", "PENDING", "DELAYED")
_STATES = {
    "ENQUEUED": State.WAITING,
    "DELAYED": State.WAITING,
    "PENDING": State.WORKING,
    "SUCCESS": State.DONE,
}


def queue_url(root: Path, database: str) -> str:
    """Where the queue is kept: beside the records on PostgreSQL, else in a file of its own."""
    if database.startswith("postgresql"):
        return "postgresql://" + database.partition("://")[2]
    return f"sqlite:///{root.resolve() / 'jobs.sqlite3'}"


def prepare_queue(url: str) -> None:
    """Make the queue's tables, or bring them up to the installed version."""
    DBOS.migrate(url)


class Queue:
    """The client's side of the queue: it puts tasks in and looks, and executes nothing."""

    def __init__(self, url: str) -> None:
        self._client = DBOSClient(
            system_database_url=url,
            serializer=DBOSPortableJSONSerializer(),
            application_name=APPLICATION,
            lazy=True,
        )

    def begin(self, task: Task) -> str:
        job = f"{task.edition}.{secrets.token_hex(8)}"
        self._client.enqueue(
            {
                "workflow_name": WORKFLOW,
                "queue_name": QUEUE,
                "workflow_id": job,
                "app_version": VERSION,
            },
            asdict(task),
        )
        return job

    def find(self, job: str) -> Job | None:
        found = self._client.list_workflows(workflow_ids=[job])
        return self._job(found[0]) if found else None

    def of(self, edition: str) -> tuple[Job, ...]:
        found = self._client.list_workflows(
            workflow_id_prefix=f"{edition}.", name=WORKFLOW, limit=_LISTED, sort_desc=True
        )
        return tuple(map(self._job, found))

    def stranded(self) -> tuple[Job, ...]:
        """Jobs of other versions that nobody goes on with."""
        found = self._client.list_workflows(status=list(_OPEN), name=WORKFLOW)
        return tuple(self._job(each) for each in found if each.app_version != VERSION)

    def close(self) -> None:
        self._client.destroy()

    def _job(self, status: WorkflowStatus) -> Job:
        task = _task(status)
        told = self._progress(status)
        output = status.output if isinstance(status.output, dict) else {}
        return Job(
            id=status.workflow_id,
            task=task,
            state=_state(status, output),
            begun=_moment(status.created_at),
            ended=_moment(status.completed_at) if status.completed_at else None,
            doing=str(told.get("doing", "")),
            done=int(told.get("done", 0)),
            steps=int(told.get("steps", 0)),
            outcome=tuple(output.get("made", ())),
            words=output.get("refused"),
            usual=self._usual(task) if status.status in _OPEN else None,
        )

    def _progress(self, status: WorkflowStatus) -> dict[str, Any]:
        found = self._client.get_event(status.workflow_id, PROGRESS, timeout_seconds=0)
        return found if isinstance(found, dict) else {}

    def _usual(self, task: Task) -> float | None:
        """The median of how long the last such jobs of the edition took."""
        recent = self._client.list_workflows(
            workflow_id_prefix=f"{task.edition}.",
            status="SUCCESS",
            limit=_LISTED,
            sort_desc=True,
            load_output=False,
        )
        return median_seconds(each for each in recent if _task(each).verb == task.verb)


def median_seconds(finished: Iterable[WorkflowStatus]) -> float | None:
    """The median seconds of the last few of *finished*, None for none."""
    took = [
        (each.completed_at - (each.dequeued_at or each.created_at or 0)) / 1000
        for each in finished
        if each.completed_at
    ]
    return median(took[:_RECENT]) if took else None


def _task(status: WorkflowStatus) -> Task:
    said: dict[str, str] = dict(status.input["args"][0]) if status.input else {}
    return Task(**{**said, "verb": Verb(said["verb"])})  # type: ignore[arg-type]


def _state(status: WorkflowStatus, output: dict[str, Any]) -> State:
    if status.status in _OPEN and status.app_version != VERSION:
        return State.STRANDED
    if "refused" in output:
        return State.REFUSED
    return _STATES.get(status.status, State.FAILED)


def _moment(milliseconds: int | None) -> datetime:
    return datetime.fromtimestamp((milliseconds or 0) / 1000, UTC)
