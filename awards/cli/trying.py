"""Try a plugin on a file: every value, its points, and what to look at."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl

from awards.domain.errors import Refused
from awards.domain.text import localized
from awards.intake.inspection import inspect_file
from awards.intake.types import ColumnMap, Inspection, Layout, Numbers
from awards.sdk.compiled import Outcome, Reason, compile_criterion, compile_gate
from awards.sdk.rulebook import PluginSource, RuleBook
from awards.sdk.scales import ScaleInput
from awards.sdk.types import Criterion, Gate, Indicator, Kind
from awards.sdk.yielding import refuse_not_finite

SCALE = "min-max"
_SHOWN = 20

Frame = nw.DataFrame[pl.DataFrame]


@dataclass(frozen=True, kw_only=True)
class Trial:
    """``rows`` have id, name, the indicators, and for each criterion its value, points
    and reason; for each gate its outcome. ``warnings`` are for people."""

    kind: str
    criteria: tuple[Criterion, ...]
    gates: tuple[Gate, ...]
    rows: tuple[dict[str, Any], ...]
    warnings: tuple[str, ...]


def try_plugin(
    plugin: PluginSource,
    data: Path,
    *,
    rulebook: RuleBook,
    numbers: Numbers | None = None,
    kind: str | None = None,
) -> Trial:
    """Run the criteria and gates of *plugin* over the candidates in *data*.

    Points are on the min-max scale. Raises `Refused` when the plugin has nothing to
    try, the kind of candidate is not clear, or no row of the file can be used.
    """
    criteria, gates = _rules(plugin, rulebook)
    chosen = _kind((*criteria, *gates), plugin, kind)
    criteria = tuple(each for each in criteria if chosen in each.applies_to)
    gates = tuple(each for each in gates if chosen in each.applies_to)
    layout = Layout(kind=chosen, indicators=_inputs((*criteria, *gates)))
    frame, notes = _read(data, layout, numbers)
    for criterion in criteria:
        frame = _with_criterion(frame, criterion, rulebook)
        notes += _about_values(frame, criterion)
    for gate in gates:
        frame = frame.with_columns(**{f"gate:{gate.code}": compile_gate(gate, {})})
    columns = ["id", "name", *(each.code for each in layout.indicators)]
    columns += [name for name in frame.columns if ":" in name]
    rows = tuple(_row(row) for row in frame.select(columns).iter_rows(named=True))
    return Trial(kind=chosen.code, criteria=criteria, gates=gates, rows=rows, warnings=tuple(notes))


def _inputs(rules: Sequence[Criterion | Gate]) -> tuple[Indicator, ...]:
    found = {each.code: each for rule in rules for each in rule.inputs}
    return tuple(found.values())


def _read(data: Path, layout: Layout, numbers: Numbers | None) -> tuple[Frame, list[str]]:
    with tempfile.TemporaryDirectory() as work:
        found = inspect_file(data, layout, ColumnMap(numbers=numbers), work=Path(work))
        table = pl.read_parquet(found.accepted)
    if table.is_empty():
        raise Refused("\n".join([f"No row of {data.name} can be used.", *_refusals(found)]))
    frame = _with_attributes(nw.from_native(table, eager_only=True), layout.kind)
    return frame, [*_refusals(found), *_about_columns(found, layout)]


def _with_attributes(frame: Frame, kind: Kind) -> Frame:
    """*frame* with the attributes that follow from the id."""
    derived = {each.code: each.derived(nw.col("id")) for each in kind.attributes if each.derived}
    return frame.with_columns(**derived)


def _rules(
    plugin: PluginSource, rulebook: RuleBook
) -> tuple[tuple[Criterion, ...], tuple[Gate, ...]]:
    added = [tuple(each.split(":", 1)) for each in plugin.adds]
    criteria = tuple(rulebook.criterion(code) for word, code in added if word == "criterion")
    gates = tuple(rulebook.gate(code) for word, code in added if word == "gate")
    if not criteria and not gates:
        raise Refused(f"Plugin {plugin.name!r} adds no criterion and no gate: nothing to try.")
    return criteria, gates


def _kind(rules: Sequence[Criterion | Gate], plugin: PluginSource, code: str | None) -> Kind:
    kinds = {kind.code: kind for rule in rules for kind in rule.applies_to}
    known = ", ".join(kinds)
    if code is not None and code not in kinds:
        raise Refused(f"Plugin {plugin.name!r} judges {known}, not {code!r}.")
    if code is None and len(kinds) > 1:
        raise Refused(f"Plugin {plugin.name!r} judges {known}. Choose one with --kind.")
    return kinds[code or known]


def _with_criterion(frame: Frame, criterion: Criterion, rulebook: RuleBook) -> Frame:
    compiled = compile_criterion(criterion, {})
    raw, reason = f"raw:{criterion.code}", f"reason:{criterion.code}"
    measured = frame.with_columns(**{raw: compiled.raw, reason: compiled.reason})
    shown = measured.select("id", *(each.code for each in criterion.inputs))
    refuse_not_finite(shown, measured[raw].to_list(), f"criterion {criterion.code!r}")
    scale = rulebook.scale(SCALE)
    known = [value for value in measured[raw].to_list() if value is not None]
    given = ScaleInput(
        value=nw.col(raw),
        cohort={
            "minimum": nw.lit(min(known, default=0.0)),
            "maximum": nw.lit(max(known, default=0.0)),
        },
        attribute=nw.col,
        less_is_better=criterion.less_is_better,
    )
    points = scale.points(given, scale.parameters())
    return measured.with_columns(**{f"points:{criterion.code}": points})


def _row(row: dict[str, Any]) -> dict[str, Any]:
    """*row* with small codes in words."""
    words: dict[str, Any] = {}
    for name, value in row.items():
        if name.startswith("reason:"):
            words[name] = Reason(value).name.lower()
        elif name.startswith("gate:"):
            words[name] = Outcome(value).name.lower()
        else:
            words[name] = value
    return words


def _refusals(found: Inspection) -> list[str]:
    said = [f"{each.address}: {localized(each.reason, 'en')}" for each in found.refused[:_SHOWN]]
    more = found.refused_cells - len(said)
    return [*said, f"… and {more} more cells."] if more > 0 else said


def _about_columns(found: Inspection, layout: Layout) -> list[str]:
    absent = [each.code for each in layout.indicators if each.code not in found.columns]
    said = [f"The file has no column for {code}: it is missing for all." for code in absent]
    if found.ignored:
        said.append(f"Columns that no rule reads: {', '.join(found.ignored)}.")
    return said


def _about_values(frame: Frame, criterion: Criterion) -> list[str]:
    reasons = frame[f"reason:{criterion.code}"].to_list()
    counts = {
        "missing": reasons.count(int(Reason.MISSING)),
        "without a value because a denominator is zero": reasons.count(
            int(Reason.ZERO_DENOMINATOR)
        ),
        "not applicable": reasons.count(int(Reason.NOT_APPLICABLE)),
    }
    said = [
        f"{criterion.code}: {count} of {len(reasons)} {words}."
        for words, count in counts.items()
        if count
    ]
    known = {value for value in frame[f"raw:{criterion.code}"].to_list() if value is not None}
    if len(known) == 1 and len(reasons) > 1:
        said.append(f"{criterion.code}: all values are equal; it tells nobody apart.")
    return said
