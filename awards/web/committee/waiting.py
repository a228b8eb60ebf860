"""What is waiting for whoever is signed in: the top of the committee's first page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from awards.domain.people import Person
from awards.domain.records import Edition
from awards.web.public.layout import Link


@dataclass(frozen=True, kw_only=True)
class Task:
    """Something to do: ``words`` begin with a verb, ``why`` says what depends on it,
    ``action`` leads there. ``edition`` names the edition it belongs to, if any."""

    words: str
    why: str
    action: Link
    edition: str | None = None


class TaskSource(Protocol):
    """One feature's answer to "what is waiting for me"."""

    def __call__(self, person: Person, editions: tuple[Edition, ...]) -> Iterable[Task]:
        """The tasks of *person*, the most pressing first; *editions* are those they work on.

        Only what they are permitted to do: ask `awards.web.guard.may`.
        """


_sources: list[TaskSource] = []


def waiting(source: TaskSource) -> TaskSource:
    """Register *source*: a decorator for a module that `committee.pages` imports."""
    _sources.append(source)
    return source


def tasks_for(person: Person, editions: tuple[Edition, ...]) -> tuple[Task, ...]:
    """All tasks, source by source in the order of registration."""
    return tuple(task for source in _sources for task in source(person, editions))
