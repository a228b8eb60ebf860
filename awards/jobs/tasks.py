"""What jobs are, for those who begin them and look at them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Verb(StrEnum):
    """What a job does. The names are on record with it: never rename one."""

    LOOK = "look"
    CHECK = "check"
    ACCEPT = "accept"
    SNAPSHOT = "snapshot"
    RUN = "run"


class State(StrEnum):
    """Where a job is. ``stranded`` is one that only another version of the program may
    go on with."""

    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"
    STRANDED = "stranded"


@dataclass(frozen=True, kw_only=True)
class Task:
    """What is to be done, by ids alone: *subject* is an upload (to be accepted: with its
    version, ``id@version``), a kind, or a category, and ``*`` all categories."""

    verb: Verb
    edition: str
    subject: str
    by: str


@dataclass(frozen=True, kw_only=True)
class Job:
    """A task on its way. ``outcome`` are ids of what it made; ``words`` say by language
    why it was refused; ``doing`` names the step, ``done`` of ``steps`` are over.

    ``usual`` is how many seconds such a job took of late, None where none is known.
    """

    id: str
    task: Task
    state: State
    begun: datetime
    ended: datetime | None = None
    doing: str = ""
    done: int = 0
    steps: int = 0
    outcome: tuple[str, ...] = ()
    words: dict[str, str] | None = None
    usual: float | None = None

    @property
    def is_over(self) -> bool:
        return self.state not in (State.WAITING, State.WORKING)


class Jobs(Protocol):
    """Where jobs are begun and found again."""

    def begin(self, task: Task) -> str:
        """Put *task* in the queue; the id under which it is found again."""

    def find(self, job: str) -> Job | None:
        """The job, None for none."""

    def of(self, edition: str) -> tuple[Job, ...]:
        """The jobs of *edition*, the last one first."""
