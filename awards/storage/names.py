"""Refusals that help: which names there are, the near ones first."""

import difflib
from collections.abc import Iterable

from awards.domain.errors import NotFound

_SHOWN = 10


def not_found(what: str, name: str, known: Iterable[str]) -> NotFound:
    """The refusal to raise when no *what* bears *name*, naming near or known ones."""
    names = list(dict.fromkeys(known))
    near = difflib.get_close_matches(name, names, n=3)
    if near:
        return NotFound(f"No {what} is called {name!r}. Did you mean {', '.join(near)}?")
    if not names:
        return NotFound(f"No {what} is called {name!r}; there is none yet.")
    more = " …" if len(names) > _SHOWN else ""
    return NotFound(f"No {what} is called {name!r}. Known: {', '.join(names[:_SHOWN])}{more}.")
