"""The process that computes runs. Started by `awards.services.apart` alone.

Standard input brings limits, then jobs; file descriptor 1 takes answers: one JSON object
a line. When standard input ends, so does this process, whatever it is doing: it never
outlives the one that started it. Nothing that a rule does can end more than this process.
"""

import json
import os
import resource
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from awards.domain.definition import CategoryDefinition
from awards.domain.errors import AwardsError
from awards.evaluation.culprits import trials
from awards.registry import load_rules
from awards.sdk.errors import PluginError
from awards.sdk.rulebook import PluginSource, RuleBook
from awards.services.computing import Task, compute_here
from awards.services.run_limits import RunLimits

_MIB = 1024 * 1024

Say = Callable[..., None]


def main() -> None:
    """Answer jobs until there are no more."""
    say = _answers()
    limits = RunLimits(**json.loads(sys.stdin.readline()))
    _restrict(limits)
    jobs: SimpleQueue[dict[str, Any]] = SimpleQueue()
    threading.Thread(target=_listen, args=(jobs,), daemon=True).start()
    known: dict[str, RuleBook] = {}
    say(ready=True)
    while True:
        job = jobs.get()
        allow = partial(_allow_seconds, limits)
        allow()
        try:
            _work(job, known, say, allow)
        except BaseException as error:  # a rule may raise anything, SystemExit too
            say(raised=f"{type(error).__name__}: {error}", errno=getattr(error, "errno", None))


def _answers() -> Say:
    """What writes answers; whatever rules print goes elsewhere."""
    channel = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def say(**answer: object) -> None:
        channel.write(json.dumps(answer) + "\n")
        channel.flush()

    return say


def _listen(jobs: "SimpleQueue[dict[str, Any]]") -> None:
    with suppress(ValueError):  # half a line, from a process that was killed
        for line in sys.stdin:
            jobs.put(json.loads(line))
    os._exit(0)


def _restrict(limits: RunLimits) -> None:
    memory, size = limits.memory_mib * _MIB, limits.file_mib * _MIB
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _allow_seconds(limits: RunLimits) -> None:
    """From now on; what earlier jobs took does not count."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    allowed = int(used.ru_utime + used.ru_stime) + limits.cpu_seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (allowed, hard))


def _work(
    job: dict[str, Any], known: dict[str, RuleBook], say: Say, allow: Callable[[], None]
) -> None:
    definition = CategoryDefinition.model_validate(job["definition"])
    history = Path(job["history"]) if job["history"] else None
    task, digests = Task(Path(job["table"]), definition, history), list[str]()
    try:
        rulebook = _rules(job, known, say)
        if job["blame"]:
            for rule in _tried(task, rulebook, failure=job["blame"]):
                say(trying=rule)
                allow()
        else:
            written = compute_here(task, rulebook=rulebook, folder=Path(job["folder"]))
            digests = [written.results_digest, written.sources_digest]
    except PluginError as error:
        say(plugin_error=str(error), kind=type(error).__name__)
    except AwardsError as error:
        say(refused=str(error), kind=type(error).__name__)
    else:
        say(done=digests)


def _rules(job: dict[str, Any], known: dict[str, RuleBook], say: Say) -> RuleBook:
    key = json.dumps(job["plugins"])

    def tell(name: str) -> None:
        if job["blame"]:
            say(trying=f"Plugin {name!r}")

    if key not in known:
        sources = [
            PluginSource(**{**each, "files": tuple(map(Path, each["files"]))})
            for each in job["plugins"]
        ]
        known[key] = load_rules(sources, tell=tell)
    return known[key]


def _tried(task: Task, rulebook: RuleBook, *, failure: str) -> Iterator[str]:
    """Name one rule after the other and try it; the last one named is the one that failed,
    as the whole did. What fails otherwise does so because it stands alone."""
    history = task.read_history()
    for trial in trials(task.read(), task.definition, rulebook=rulebook, history=history):
        yield trial.rule
        try:
            trial.run()
        except BaseException as error:  # as in `main`
            if type(error).__name__ in failure:
                raise


if __name__ == "__main__":
    main()
