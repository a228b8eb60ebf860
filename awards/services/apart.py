"""Compute runs in a process apart, with limits: what a rule breaks there stays there."""

import errno
import threading
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import polars as pl

from awards.domain.errors import AwardsError, NotFound
from awards.evaluation.errors import PluginFault, RunRefused
from awards.evaluation.manifest import Written, rules_of
from awards.registry import PluginChanged
from awards.sdk.rulebook import PluginSource, RuleBook
from awards.services.computing import Task
from awards.services.run_limits import RunLimits
from awards.services.run_process import Ended, RunProcess

_KINDS: dict[str, type[AwardsError]] = {
    each.__name__: each for each in (NotFound, PluginFault, PluginChanged, RunRefused)
}
_NOTHING = "Nothing was written."


class RunStopped(RunRefused):
    """Computing failed or went beyond a limit, and no single rule is known to be why."""


class Apart:
    """A `Compute` that has one process at a time, kept for the next run until `close`.

    The process loads anew the plugins that a category uses, and only such as have the
    digests that they were loaded with here. *site* are folders that it imports from
    before all others. A run that fails, hangs or goes beyond *limits* raises
    `PluginFault`, naming rule and plugin, or `RunStopped` where each rule works alone.
    """

    def __init__(self, limits: RunLimits | None = None, *, site: Sequence[Path] = ()) -> None:
        self._limits = limits or RunLimits()
        self._site = tuple(site)
        self._child: RunProcess | None = None
        self._lock = threading.Lock()

    def warm(self) -> None:
        """Start the process now, so that it gets ready while something else is done."""
        with self._lock:
            self._started()

    def close(self) -> None:
        """End the process."""
        child, self._child = self._child, None
        if child is not None:
            child.end()

    def __call__(self, task: Task, *, rulebook: RuleBook, folder: Path) -> Written:
        """Compute in the process apart; see `Compute`."""
        return self.compute(task, _used(task, rulebook), folder=folder)

    def compute(self, task: Task, plugins: Sequence[PluginSource], *, folder: Path) -> Written:
        """Compute by exactly these *plugins*."""
        job = _job(task, plugins, folder)
        with self._lock:
            answer = self._answer(job)
        if "done" in answer:
            return _written(folder, answer["done"])
        if "refused" in answer:
            raise _KINDS.get(answer["kind"], RunRefused)(answer["refused"])
        self._refuse_full(answer)
        with self._lock:
            self._blame(job, _failure(answer))
        raise AssertionError("blaming raises")

    def _answer(self, job: dict[str, Any]) -> dict[str, Any]:
        """What the process says of *job*; a new one when plugins were changed since."""
        for _ in range(2):
            fresh = self._child is None
            try:
                answer = self._ask(job)
            except Ended as ended:
                return {"raised": str(ended), "errno": None}
            if fresh or answer.get("kind") != PluginChanged.__name__:
                break
            self.close()
        if answer.get("kind") == PluginChanged.__name__:
            raise PluginChanged(answer["plugin_error"])
        return answer

    def _ask(self, job: dict[str, Any]) -> dict[str, Any]:
        (last,) = list(self._said(job))[-1:]
        return last

    def _said(self, job: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """The answers to *job*, up to the last one; the process ends with any failure."""
        child = self._started()
        try:
            child.send(job)
            for answer in child.answers():
                if "ready" in answer:
                    continue
                yield answer
                if "trying" not in answer:
                    break
        except BaseException:
            self.close()
            raise

    def _blame(self, job: dict[str, Any], failure: str) -> None:
        """Find the rule that fails alone, in a new process, and raise for it."""
        self.close()
        rule, found = "", dict[str, Any]()
        try:
            for found in self._said(job | {"blame": failure}):
                rule = found.get("trying", rule)
        except Ended as ended:
            raise PluginFault(f"{rule} {ended}. Correct the plugin. {_NOTHING}") from ended
        finally:
            self.close()
        if "done" not in found:
            why = f"{rule} failed: {_failure(found)}. Correct the plugin. {_NOTHING}"
            raise PluginFault(why)
        category = job["definition"]["code"]
        raise RunStopped(
            f"Computing category {category!r} failed: {failure}. Each of its rules works alone. "
            f"If it went beyond a limit, raise that in config.toml. {_NOTHING}"
        )

    def _refuse_full(self, answer: dict[str, Any]) -> None:
        """Raise for what is no rule's fault: a full disk, or too large a file."""
        said = str(answer.get("raised"))
        if answer.get("errno") == errno.ENOSPC or f"(os error {errno.ENOSPC})" in said:
            raise OSError(errno.ENOSPC, said)
        if answer.get("errno") == errno.EFBIG or f"(os error {errno.EFBIG})" in said:
            raise RunStopped(
                f"The results are larger than {self._limits.file_mib} MiB. Raise file_mib in "
                f"config.toml. {_NOTHING}"
            )

    def _started(self) -> RunProcess:
        if self._child is None:
            self._child = RunProcess(self._limits, self._site)
        return self._child


def _used(task: Task, rulebook: RuleBook) -> tuple[PluginSource, ...]:
    names = {each["plugin"] for each in rules_of(task.definition, rulebook)}
    return tuple(each for each in rulebook.plugins if each.name in names)


def _job(task: Task, plugins: Sequence[PluginSource], folder: Path) -> dict[str, Any]:
    return {
        "table": str(task.table.resolve()),
        "folder": str(folder.resolve()),
        "history": str(task.history.resolve()) if task.history else None,
        "definition": task.definition.model_dump(mode="json"),
        "plugins": [
            asdict(each) | {"files": [str(file.resolve()) for file in each.files[:1]], "adds": []}
            for each in plugins
        ],
        "blame": "",
    }


def _written(folder: Path, digests: Sequence[str]) -> Written:
    results, sources = (
        pl.scan_parquet(folder / f"{name}.parquet") for name in ("results", "sources")
    )
    return Written(results, sources, *digests)


def _failure(answer: dict[str, Any]) -> str:
    if "raised" in answer:
        return str(answer["raised"]).rstrip(".")
    return f"{answer['kind']}: {answer['plugin_error']}".rstrip(".")
