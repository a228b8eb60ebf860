"""What a plugin registers: frozen descriptions, checked when they are made."""

import keyword
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

import narwhals as nw

from awards.domain.definition import ProgramDefinition
from awards.domain.errors import NotFound
from awards.domain.text import Text
from awards.sdk.errors import BadDeclaration
from awards.sdk.gates import CohortFigure
from awards.sdk.named import RESERVED, Named, Parameters
from awards.sdk.records import Tally


@dataclass(frozen=True, kw_only=True)
class Attribute(Named):
    """A fact about a candidate that is not measured: sector, scale, region.

    ``values`` lists what is allowed, with words, or is empty when anything is.
    ``derived`` computes it from the id where the id already says it; such an
    attribute is not asked for in files.
    """

    code: str
    title: Text
    values: Mapping[str, Text] = field(default_factory=dict)
    required: bool = False
    derived: Callable[[nw.Expr], nw.Expr] | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.code in RESERVED:
            raise BadDeclaration(f"Attribute {self.code!r}: this name is taken by the results")
        if not isinstance(self.values, Mapping):
            raise BadDeclaration(f"Attribute {self.code!r}: values gives the words of each value")


@dataclass(frozen=True, kw_only=True)
class Scheme:
    """A way of numbering candidates, such as NIB or NPWP; ``pattern`` is a regular
    expression for the whole id, ``code`` the name that people know it by."""

    code: str
    title: Text
    pattern: str
    example: str

    def __post_init__(self) -> None:
        if not self.code.isalnum() or not self.title:
            raise BadDeclaration(f"Scheme {self.code!r} needs a code of letters and a title")
        _check_pattern(f"Scheme {self.code!r}", self.pattern, self.example)


def _check_pattern(owner: str, pattern: str, example: str) -> None:
    try:
        fits = re.fullmatch(pattern, example)
    except re.error as error:
        raise BadDeclaration(f"{owner}: its pattern for ids is none: {error}") from error
    if not fits:
        raise BadDeclaration(f"{owner}: the example {example!r} does not fit its pattern")


@dataclass(frozen=True, kw_only=True)
class Kind(Named):
    """A kind of candidate and how it is identified.

    ``id_pattern`` is a regular expression for the whole id; ``names`` maps every
    known id to its official name where the population is a closed list, so that
    an unknown id is refused and a name without an id can be answered with ids.
    """

    code: str
    title: Text
    scheme: str
    id_title: Text
    id_pattern: str
    id_example: str
    attributes: tuple[Attribute, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    other_schemes: tuple[Scheme, ...] = ()
    """Other numbers that senders may know a candidate by; a crosswalk joins them."""
    geometry: Path | None = None
    """A GeoJSON file whose features carry the id as ``kode``, for kinds that
    have a map."""

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_pattern(f"Kind {self.code!r}", self.id_pattern, self.id_example)

    @property
    def schemes(self) -> tuple[str, ...]:
        """Codes of all schemes, its own first."""
        return (self.scheme, *(each.code for each in self.other_schemes))

    def numbered_by(self, scheme: str | None) -> "Kind":
        """This kind as a sender sees it who knows its candidates by *scheme*.

        None and the kind's own scheme change nothing. Raises `NotFound`, naming
        the schemes there are.
        """
        if scheme is None or scheme == self.scheme:
            return self
        found = next((each for each in self.other_schemes if each.code == scheme), None)
        if found is None:
            raise NotFound(
                f"Nothing numbers {self.code!r} by {scheme!r}. Schemes: {', '.join(self.schemes)}."
            )
        return replace(
            self,
            scheme=found.code,
            id_title=found.title,
            id_pattern=found.pattern,
            id_example=found.example,
            names={},
        )


@dataclass(frozen=True, kw_only=True)
class Indicator(Named):
    """One measured fact about a candidate for a period.

    ``type`` is int for counts and float for the rest; ``minimum`` and
    ``maximum`` are the bounds outside which a value cannot be true. ``source``
    names the series or publication wherever a value is shown. ``combine`` says
    what several rows for one candidate mean: that they must agree (``refuse``),
    that they add up (``sum``), or that the latest as-of date holds (``latest``).
    With ``tally`` the value is computed from records instead of being sent.
    """

    code: str
    title: Text
    type: type[int] | type[float]
    unit: str
    minimum: float | None = None
    maximum: float | None = None
    description: Text | None = None
    source: Text | None = None
    combine: Literal["refuse", "sum", "latest"] = "refuse"
    tally: Tally | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.code.isidentifier() or keyword.iskeyword(self.code):
            raise BadDeclaration(
                f"Indicator {self.code!r}: rules read it as i.{self.code}, so the code must "
                "be a Python name: letters, digits and _ only, a letter first, no keyword"
            )
        if self.code in RESERVED:
            raise BadDeclaration(f"Indicator {self.code!r}: this name is taken by the results")
        if self.type not in (int, float):
            raise BadDeclaration(f"Indicator {self.code!r}: type must be int or float")
        if self.tally and (self.type is not self.tally.yields or self.combine != "refuse"):
            raise BadDeclaration(
                f"Indicator {self.code!r}: its tally yields {self.tally.yields.__name__}, and "
                "what is computed is not combined"
            )
        self._check_bounds()

    def _check_bounds(self) -> None:
        given = [bound for bound in (self.minimum, self.maximum) if bound is not None]
        if not all(math.isfinite(bound) for bound in given) or given != sorted(given):
            raise BadDeclaration(f"Indicator {self.code!r}: minimum must not exceed maximum")


Measure = Callable[..., nw.Expr]
"""``measure(i)`` or, when the criterion has parameters, ``measure(i, p)``."""


@dataclass(frozen=True, kw_only=True)
class Criterion(Named):
    """A rule that turns indicators into one raw value.

    ``measure`` receives the declared indicators as attributes and returns a
    numeric expression; it is called once, while plugins are registered, and
    must be pure. If a declared indicator is missing the raw value is missing,
    unless the indicator is listed under ``optional``. ``attributes`` names those
    that it reads with ``i.attribute(code)``; a missing one makes the raw value
    missing. ``applicable`` is an expression that is false where the question does
    not arise.
    """

    code: str
    title: Text
    applies_to: tuple[Kind, ...]
    indicators: tuple[Indicator, ...]
    measure: Measure
    unit: str
    optional: tuple[Indicator, ...] = ()
    attributes: tuple[str, ...] = ()
    applicable: Measure | None = None
    parameters: type[Parameters] | None = None
    less_is_better: bool = False
    description: Text | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_rule(self)

    @property
    def inputs(self) -> tuple[Indicator, ...]:
        """All indicators that ``measure`` may read."""
        return self.indicators + self.optional


@dataclass(frozen=True, kw_only=True)
class Gate(Named):
    """A pass/fail rule that comes before points.

    ``passes`` returns a boolean expression: true, false, or missing for "not
    assessable". A missing declared indicator or attribute makes the outcome not
    assessable.
    ``reason`` is what a candidate that fails is told. ``cohort`` lists statistics over
    the candidates that passed the gates before it, read with ``i.cohort("mean",
    "score")``. ``looks_back`` is how many earlier editions it reads at most, with
    ``i.held(titles, back)`` and ``i.earlier(what, back)``.
    """

    code: str
    title: Text
    reason: Text
    applies_to: tuple[Kind, ...]
    indicators: tuple[Indicator, ...]
    passes: Measure
    optional: tuple[Indicator, ...] = ()
    attributes: tuple[str, ...] = ()
    parameters: type[Parameters] | None = None
    cohort: tuple[CohortFigure, ...] = ()
    looks_back: int = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        _check_rule(self)

    @property
    def inputs(self) -> tuple[Indicator, ...]:
        own = self.indicators + self.optional
        known = {each.code for each in own}
        compared = {each.indicator.code: each.indicator for each in self.cohort}
        return own + tuple(each for code, each in compared.items() if code not in known)


def _check_rule(rule: Criterion | Gate) -> None:
    named = f"{type(rule).__name__} {rule.code!r}"
    if not rule.applies_to:
        raise BadDeclaration(f"{named} applies to no kind of candidate")
    if not rule.inputs and not (isinstance(rule, Gate) and rule.looks_back):
        raise BadDeclaration(f"{named} declares no indicator")
    for kind in rule.applies_to:
        lacking = set(rule.attributes) - {each.code for each in kind.attributes}
        if lacking:
            raise BadDeclaration(f"{named}: {kind.code!r} has no attribute {min(lacking)!r}")


@dataclass(frozen=True, kw_only=True)
class Sample:
    """Data that a program brings along, and how its columns are read.

    ``records`` names the type of record that the rows are; None means indicators.
    """

    edition: str
    kind: str
    part: str
    file: Path
    columns: Mapping[str, str]
    rows: Mapping[str, str] = field(default_factory=dict)
    numbers: Literal["id", "en"] = "en"
    sender: str | None = None
    records: str | None = None


@dataclass(frozen=True, kw_only=True)
class Generated:
    """Made-up data for an edition, written when somebody wants to see it at size.

    ``make(folder, seed, size)`` writes files into *folder* and says how they are
    read; *size* is how many candidates of the largest kind there are. The same
    seed and size give the same bytes.
    """

    edition: str
    make: Callable[[Path, int, int], tuple[Sample, ...]]


@dataclass(frozen=True, kw_only=True)
class Program:
    """A preset: an award program as data, with sample files where there are any and
    made-up data for editions that have none."""

    definition: ProgramDefinition
    samples: tuple[Sample, ...] = ()
    generated: tuple[Generated, ...] = ()

    @property
    def code(self) -> str:
        return self.definition.code

    @property
    def title(self) -> Text:
        return self.definition.title


@dataclass(frozen=True, kw_only=True)
class CertificateDesign(Named):
    """A folder with ``certificate.html``, ``style.css`` and ``design.toml``.

    ``folder`` is absolute, or relative to the ``certificates`` folder that the
    templates of the application lie in.
    """

    code: str
    title: Text
    folder: Path
