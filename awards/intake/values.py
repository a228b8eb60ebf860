"""Cells of indicators and attributes: typed, within bounds, or refused with a reason."""

from dataclasses import dataclass

import polars as pl

from awards.intake.cells import BOOLEAN, DATE, EMPTY, ERROR, NUMBER, PERCENT, TEXT
from awards.intake.findings import findings
from awards.intake.grid import kind, shown
from awards.intake.numbers import cleaned, parse_texts
from awards.intake.types import Numbers
from awards.sdk.records import RecordColumn
from awards.sdk.types import Attribute, Indicator

_EXACT = 2**53


@dataclass(frozen=True, kw_only=True)
class Checked:
    """Values by ``row``, null where missing or refused, and what was refused."""

    values: pl.DataFrame
    faults: pl.DataFrame


def check_indicator(
    cells: pl.DataFrame,
    column: int,
    *,
    indicator: Indicator | RecordColumn,
    numbers: Numbers | None,
    mixed: bool,
) -> Checked:
    """The column as *indicator*, or as numbers of a record: Int64 for counts, Float64
    for the rest. *mixed* says whether it writes decimals both ways."""
    text = pl.when(kind(column) == TEXT).then(cleaned(pl.col(f"t{column}")))
    parsed = parse_texts(cells.select(text).to_series(), numbers, mixed=mixed)
    is_number = kind(column) == NUMBER
    if indicator.unit == "ratio":
        is_number = is_number | (kind(column) == PERCENT)
    own = cells.select("row", f"t{column}", f"n{column}", f"k{column}")
    read = own.with_columns(parsed).with_columns(
        early=pl.coalesce("fault", _kind_fault(column, indicator)),
        number=pl.when(is_number).then(pl.col(f"n{column}")).otherwise("value"),
    )
    read = read.with_columns(code=pl.coalesce("early", _value_fault(indicator)))
    return _checked(read, column, code=indicator.code, type_=indicator.type)


def check_attribute(
    cells: pl.DataFrame, column: int, *, attribute: Attribute | RecordColumn
) -> Checked:
    """The column as *attribute*: text, or the declared value where its code or words are.

    Text that begins with ``#`` is a failed formula, or was refused before.
    """
    read = cells.select(
        "row", shown(column).alias("value"), _attribute_kind_fault(column, attribute).alias("early")
    )
    read = read.with_columns(_declared(attribute).alias("text"))
    unknown = pl.col("value").is_not_null() & pl.col("text").is_null()
    read = read.with_columns(
        pl.coalesce("early", pl.when(unknown).then(pl.lit("not-among"))).alias("code")
    )
    faulty = read.drop_nulls("code")
    kept = pl.when(pl.col("code").is_null()).then(pl.col("text")).alias(attribute.code)
    return Checked(values=read.select("row", kept), faults=findings(faulty, column))


def _checked(read: pl.DataFrame, column: int, *, code: str, type_: type) -> Checked:
    dtype = pl.Int64() if type_ is int else pl.Float64()
    kept = pl.when(pl.col("code").is_null()).then(pl.col("number")).cast(dtype, strict=False)
    faulty = read.drop_nulls("code").with_columns(value=shown(column))
    return Checked(values=read.select("row", kept.alias(code)), faults=findings(faulty, column))


def _kind_fault(column: int, indicator: Indicator | RecordColumn) -> pl.Expr:
    codes = {BOOLEAN: "boolean", DATE: "date", ERROR: "formula-error"}
    if indicator.unit != "ratio":
        codes[PERCENT] = "percent-cell"
    return kind(column).replace_strict(codes, default=None, return_dtype=pl.String)


def _value_fault(indicator: Indicator | RecordColumn) -> pl.Expr:
    number = pl.col("number")
    faults = {"too-large": ~number.is_finite() | (number.abs() > _EXACT)}
    if indicator.type is int:
        faults["not-whole"] = number != number.round()
    if indicator.minimum is not None:
        faults["below-minimum"] = number < indicator.minimum
    if indicator.maximum is not None:
        faults["above-maximum"] = number > indicator.maximum
    return pl.coalesce(pl.when(fault).then(pl.lit(code)) for code, fault in faults.items())


def _attribute_kind_fault(column: int, attribute: Attribute | RecordColumn) -> pl.Expr:
    codes = {BOOLEAN: "not-text", DATE: "not-text", ERROR: "formula-error", PERCENT: "not-text"}
    fault = kind(column).replace_strict(codes, default=None, return_dtype=pl.String)
    number = pl.col(f"n{column}")
    digits_lost = (kind(column) == NUMBER) & ((number != number.round()) | (number.abs() >= 1e15))
    fault = pl.coalesce(fault, pl.when(digits_lost).then(pl.lit("not-text")))
    marked = pl.col(f"t{column}").str.strip_chars().str.starts_with("#")
    fault = pl.coalesce(fault, pl.when(marked).then(pl.lit("not-text")))
    if attribute.required:
        empty = pl.when(kind(column) == EMPTY).then(pl.lit("required"))
        fault = pl.coalesce(fault, empty)
    return fault


def _declared(attribute: Attribute | RecordColumn) -> pl.Expr:
    if not attribute.values:
        return pl.col("value")
    words = {
        word.lower(): value for value, text in attribute.values.items() for word in text.values()
    }
    written = words | {value.lower(): value for value in attribute.values}
    lower = pl.col("value").str.to_lowercase()
    return lower.replace_strict(written, default=None, return_dtype=pl.String)
