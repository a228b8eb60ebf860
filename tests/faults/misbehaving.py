"""A plugin whose criterion and scale behave until their folder says otherwise.

``mode.txt`` beside it is read while rules are used, never while they are registered, so
that what is loaded passes every check.
"""

import itertools
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import cast

import narwhals as nw
import numpy as np

from awards.sdk import (
    Criterion,
    Gate,
    Indicator,
    Kind,
    Parameters,
    Scale,
    ScaleInput,
    Sentence,
    Values,
    hookimpl,
)

MODE = Path(__file__).with_name("mode.txt")
TEAM = Kind(
    code="team",
    title={"en": "Team"},
    scheme="T",
    id_title={"en": "Number"},
    id_pattern=r"T\d+",
    id_example="T1",
)
DONE = Indicator(code="done", title={"en": "Done"}, type=float, unit="points")
COUNTED = itertools.count()


def _raise(_: object) -> object:
    raise ZeroDivisionError("by the plugin")


def _hang(_: object) -> object:
    while True:
        time.sleep(0.05)


def _spin(_: object) -> object:
    while True:
        pass


def _eat(_: object) -> object:
    kept = [np.empty(100_000_000) for _ in range(100)]
    return kept[0]


def _die(_: object) -> object:
    os.kill(os.getpid(), signal.SIGSEGV)
    return None


def _none(_: nw.Expr) -> object:
    return None


def _exit(_: nw.Expr) -> object:
    raise SystemExit(0)


DEEDS: dict[str, Callable[[nw.Expr], object]] = {
    "behave": lambda value: value,
    "raise": _raise,
    "hang": _hang,
    "spin": _spin,
    "eat": _eat,
    "die": _die,
    "exit": _exit,
    "none": _none,
    "infinite": lambda value: value / 0.0,
    "text": lambda value: value.cast(nw.String) + " points",
    "count": lambda value: value + float(next(COUNTED)),
    "draw": lambda value: value + float(np.random.default_rng().random()),
    "python": lambda value: value.map_batches(lambda each: each),
    "environment": lambda value: value + float(os.environ["AWARDS_SECRET"]),
}


def act(value: nw.Expr) -> nw.Expr:
    """*value*, or what the mode makes of it."""
    mode = MODE.read_text("utf-8") if MODE.is_file() else "behave"
    return cast(nw.Expr, DEEDS[mode](value))


def measure(i: Values) -> nw.Expr:
    return act(i.done)


class Nothing(Parameters):
    """No parameters."""


def points(given: ScaleInput, _: Nothing) -> nw.Expr:
    return act(given.value)


TRICKY = Criterion(
    code="tricky",
    title={"en": "Tricky"},
    applies_to=(TEAM,),
    indicators=(DONE,),
    measure=measure,
    unit="points",
)
HONEST = Criterion(
    code="honest",
    title={"en": "Honest"},
    applies_to=(TEAM,),
    indicators=(DONE,),
    measure=lambda i: i.done,
    unit="points",
)
PRESENT = Gate(
    code="tricky-gate",
    title={"en": "Gate"},
    reason={"en": "Must be present."},
    applies_to=(TEAM,),
    indicators=(DONE,),
    passes=lambda i: act(i.done) >= 0.0,
)
SLOPE = Scale(
    code="tricky-scale",
    title={"en": "Tricky scale"},
    parameters=Nothing,
    points=points,
    describe=lambda _, less: Sentence({"en": "As it says."}),
)


@hookimpl
def awards_register_criteria() -> tuple[Criterion, ...]:
    return (TRICKY, HONEST)


@hookimpl
def awards_register_gates() -> tuple[Gate, ...]:
    return (PRESENT,)


@hookimpl
def awards_register_scales() -> tuple[Scale, ...]:
    return (SLOPE,)
