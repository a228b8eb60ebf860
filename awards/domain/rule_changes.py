"""The readable difference between two versions of an edition's rules."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from awards.domain.definition import EditionDefinition

_NAMED_BY = ("code", "criterion", "stage")


@dataclass(frozen=True)
class Change:
    """What changed: ``path`` leads there by codes; ``before`` or ``after`` is None for
    what was added or taken away."""

    path: tuple[str, ...]
    before: str | None
    after: str | None

    def __str__(self) -> str:
        place = " › ".join(self.path)
        if self.before is None:
            return f"{place}: added: {self.after}"
        if self.after is None:
            return f"{place}: removed: {self.before}"
        return f"{place}: {self.before} → {self.after}"


def compare_definitions(before: EditionDefinition, after: EditionDefinition) -> tuple[Change, ...]:
    """All changes from *before* to *after*, in reading order; an order that changed
    among things of the same names is a change as well."""
    return tuple(_compared((), before.model_dump(mode="json"), after.model_dump(mode="json")))


def _compared(path: tuple[str, ...], before: Any, after: Any) -> Iterator[Change]:
    if before == after:
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        yield from _mappings(path, before, after)
    elif _are_named(before) and _are_named(after):
        yield from _sequences(path, before, after)
    else:
        yield Change(path, _told(before), _told(after))


def _mappings(
    path: tuple[str, ...], before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[Change]:
    for key in dict.fromkeys([*before, *after]):
        yield from _compared((*path, key), before.get(key), after.get(key))


def _sequences(
    path: tuple[str, ...], before: Sequence[Any], after: Sequence[Any]
) -> Iterator[Change]:
    old, new = _by_name(before), _by_name(after)
    for name in dict.fromkeys([*old, *new]):
        if name not in old:
            yield Change((*path, name), None, _told(new[name]))
        elif name not in new:
            yield Change((*path, name), _told(old[name]), None)
        else:
            yield from _compared((*path, name), old[name], new[name])
    kept_before = [name for name in old if name in new]
    kept_after = [name for name in new if name in old]
    if kept_before != kept_after:
        yield Change((*path, "order"), ", ".join(kept_before), ", ".join(kept_after))


def _are_named(value: Any) -> bool:
    """Whether *value* lists things with names, each of them once."""
    if not isinstance(value, Sequence) or isinstance(value, str) or not value:
        return isinstance(value, Sequence) and not isinstance(value, str)
    names = [_name(each) for each in value]
    return None not in names and len(set(names)) == len(names)


def _by_name(values: Sequence[Any]) -> dict[str, Any]:
    return {str(_name(each)): each for each in values}


def _name(value: Any) -> str | None:
    if not isinstance(value, Mapping):
        return None
    return next((str(value[key]) for key in _NAMED_BY if key in value), None)


def _told(value: Any) -> str | None:
    """*value* in few words: by its name where it has one."""
    if value is None:
        return None
    if isinstance(value, Mapping):
        return _name(value) or ", ".join(f"{key} {_told(each)}" for key, each in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(str(_told(each)) for each in value) or "–"
    return f"{value:g}" if isinstance(value, float) else str(value)
