"""Jobs without a queue: each is done before `begin` returns."""

import secrets

from awards.domain.errors import AwardsError
from awards.jobs.bench import Bench, Step, words_of_refusal
from awards.jobs.tasks import Job, State, Task


class AtOnce:
    """Keeps what it did for as long as the process lives."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._jobs: dict[str, Job] = {}

    def begin(self, task: Task) -> str:
        job, now = f"{task.edition}.{secrets.token_hex(8)}", self._bench.clock()
        made: list[str] = []
        state, words = State.DONE, None
        try:
            for name in self._bench.plan(task):
                step = Step(job=job, name=name, task=task)
                made.append(self._bench.perform(step, lambda _: None))
        except AwardsError as error:
            state, words = State.REFUSED, words_of_refusal(error)
        self._jobs[job] = Job(
            id=job,
            task=task,
            state=state,
            begun=now,
            ended=self._bench.clock(),
            done=len(made),
            outcome=tuple(made),
            words=words,
        )
        return job

    def find(self, job: str) -> Job | None:
        return self._jobs.get(job)

    def of(self, edition: str) -> tuple[Job, ...]:
        return tuple(each for each in reversed(self._jobs.values()) if each.task.edition == edition)
