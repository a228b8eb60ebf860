"""Who a row is about: the id, and the name as a check on it."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from awards.intake.cells import BOOLEAN, DATE, EMPTY, ERROR, NUMBER, PERCENT
from awards.intake.findings import NONE, findings
from awards.intake.grid import Grid, kind, shown
from awards.sdk.types import Kind

LONGEST_ID = 1e15
"""Numbers from here on have more digits than a spreadsheet keeps."""

_SCIENTIFIC = r"(?i)^[0-9][.,]?[0-9]*e\+?[0-9]+$"
_FOREIGN_DIGITS = r"[\p{Nd}--0-9]"
_SPELLINGS = (
    (r"^kab ", "kabupaten "),
    (r"^prov ", "provinsi "),
    (r" adm(inistrasi)? ", " "),
)
_LEVEL = re.compile(r"^(kabupaten|kota|provinsi|kecamatan|kelurahan|desa)\s+")
_OFFERED = 5
_LEADING = ("0{}", "00{}", "000{}", "0000{}")


@dataclass(frozen=True, kw_only=True)
class Identified:
    """``row``, ``id`` and ``name`` (null where not known), and what was refused."""

    values: pl.DataFrame
    faults: tuple[pl.DataFrame, ...]


def identify(grid: Grid, candidate: Kind) -> Identified:
    """Settle id and name of every row; a refused id is null."""
    read = _read(grid, candidate)
    id_column, name_column = grid.header.columns["id"], grid.header.columns.get("name")
    id_faults = findings(read.drop_nulls("code"), id_column, more=pl.col("more"))
    known = read.filter(pl.col("code").is_null())
    others = NONE
    if name_column is not None and candidate.names:
        others = _other_names(known, name_column, candidate)
    names = pl.when(pl.col("code").is_null()).then(pl.coalesce("official", "name"))
    ids = pl.when(pl.col("code").is_null()).then(pl.col("id"))
    values = read.select("row", ids.alias("id"), names.alias("name"))
    return Identified(values=values, faults=(id_faults, others))


def known_ids(grid: Grid, candidate: Kind) -> pl.DataFrame:
    """``source_row``, ``id`` and, as it is written, ``value`` of the rows whose id is taken."""
    read = _read(grid, candidate).filter(pl.col("code").is_null())
    return read.select("id", "value", source_row="row")


def _read(grid: Grid, candidate: Kind) -> pl.DataFrame:
    """Each row's id as given and as taken, its names, and the code of the id's fault."""
    column, name_column = grid.header.columns["id"], grid.header.columns.get("name")
    name = pl.lit(None, pl.String) if name_column is None else one_line(shown(name_column))
    read = grid.cells.select(
        "row",
        shown(column).alias("value"),
        name.alias("name"),
        _kind_fault(column).alias("kind_fault"),
    )
    read = read.with_columns(_taken(candidate).alias("id"))
    if candidate.names:
        return _judged(read, candidate)
    good = pl.col("kind_fault").is_null() & _formed(pl.col("id"), candidate)
    odd = _judged(read.filter(~good.fill_null(value=False)).rechunk(), candidate)
    # Without a list of candidates there is nothing to say about an id that is well formed.
    return pl.concat([odd, read.filter(good)], how="diagonal").sort("row")


def _judged(read: pl.DataFrame, candidate: Kind) -> pl.DataFrame:
    """*read* with what is wrong with an id, and what it could be instead."""
    read = read.with_columns(_restored(candidate).alias("restored"))
    read = read.with_columns(_official(candidate).alias("official"), _code(candidate).alias("code"))
    return read.with_columns(_more(candidate).alias("more"))


def _kind_fault(column: int) -> pl.Expr:
    kinds = {
        BOOLEAN: "id-no-text",
        DATE: "id-no-text",
        ERROR: "formula-error",
        PERCENT: "id-no-text",
    }
    fault = kind(column).replace_strict(kinds, default=None, return_dtype=pl.String)
    large = (kind(column) == NUMBER) & (pl.col(f"n{column}").abs() >= LONGEST_ID)
    scientific = shown(column).str.contains(_SCIENTIFIC) & shown(column).str.contains(
        r"(?i)[.,]|e\+"
    )
    lost = pl.when(large | scientific).then(pl.lit("id-digits-lost"))
    return pl.coalesce(fault, lost, pl.when(kind(column) == EMPTY).then(pl.lit("id-missing")))


def _taken(candidate: Kind) -> pl.Expr:
    """The id; where the list of ids writes ``35.78`` and the file ``3578``, as in the list."""
    undotted = _unique({re.sub(r"\D", "", known): known for known in candidate.names}, candidate)
    if not undotted:
        return pl.col("value")
    return pl.col("value").replace_strict(undotted, default=pl.col("value"), return_dtype=pl.String)


def _unique(undotted: Mapping[str, str], candidate: Kind) -> dict[str, str]:
    """Nothing unless every id of the list keeps its identity without punctuation."""
    fits = len(undotted) == len(candidate.names)
    return {digits: known for digits, known in undotted.items() if fits and digits}


def _restored(candidate: Kind) -> pl.Expr:
    """The id that a spreadsheet would have cut to what the file has, where there is one."""
    value = pl.col("value")
    tried = [
        pl.when(value.str.contains(r"^[0-9]+\.[0-9]+$")).then(pl.format("{}0", value)),
        *(
            pl.when(value.str.contains(r"^[0-9.]+$")).then(pl.format(zeros, value))
            for zeros in _LEADING
        ),
    ]
    fits = [pl.when(_known(each, candidate)).then(each) for each in tried]
    return pl.when(~_known(pl.col("id"), candidate)).then(pl.coalesce(fits))


def _known(text: pl.Expr, candidate: Kind) -> pl.Expr:
    if candidate.names:
        return text.is_in(list(candidate.names))
    return _formed(text, candidate)


def _formed(text: pl.Expr, candidate: Kind) -> pl.Expr:
    pattern = text.str.contains(rf"^(?:{candidate.id_pattern})$")
    return pattern & ~text.str.contains(_FOREIGN_DIGITS)


def _code(candidate: Kind) -> pl.Expr:
    named = plain_name(pl.col("value")).is_in(list(_ids_by_name(candidate)))
    fault = (
        pl.when(pl.col("restored").is_not_null())
        .then(pl.lit("id-zero-lost"))
        .when(named)
        .then(pl.lit("id-is-name"))
        .when(~_formed(pl.col("id"), candidate))
        .then(pl.lit("id-form"))
        .when(~_known(pl.col("id"), candidate))
        .then(pl.lit("id-unknown"))
    )
    missing = pl.col("kind_fault") == "id-missing"
    by_name = missing & plain_name(pl.col("name")).is_in(list(_ids_by_name(candidate)))
    return pl.coalesce(
        pl.when(by_name).then(pl.lit("id-missing-named")), pl.col("kind_fault"), fault
    )


def _more(candidate: Kind) -> pl.Expr:
    """What the reason offers: the id as it was, or the ids of that name."""
    offers = _offers(candidate)
    by_value = _look_up(plain_name(pl.col("value")), offers)
    by_name = _look_up(plain_name(pl.col("name")), offers)
    return pl.coalesce("restored", by_value, by_name)


def _official(candidate: Kind) -> pl.Expr:
    return _look_up(pl.col("id"), candidate.names)


def _other_names(known: pl.DataFrame, column: int, candidate: Kind) -> pl.DataFrame:
    """Findings: rows whose name is not that of their id."""
    name, official = plain_name(pl.col("name")), plain_name(pl.col("official"))
    bare = _look_up(pl.col("id"), {each: _bare(own) for each, own in candidate.names.items()})
    faulty = known.filter(
        pl.col("name").is_not_null() & official.is_not_null() & (name != official) & (name != bare)
    )
    offered = pl.format("{} {}|{}", "id", "official", pl.col("more").fill_null(""))
    found = faulty.select(
        "row",
        pl.col("name").alias("value"),
        pl.lit("name-differs").alias("code"),
        offered.alias("more"),
    )
    return findings(found, column, more=pl.col("more"))


def one_line(text: pl.Expr) -> pl.Expr:
    """*text* with one space for every break, and for what cannot be seen."""
    return text.str.replace_all(r"[\s\p{Cc}\p{Cf}]+", " ").str.strip_chars()


def plain_name(text: pl.Expr) -> pl.Expr:
    """A name without case, punctuation and abbreviations: ``Kab. Malang`` as in the list."""
    plain = text.str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]+", " ").str.strip_chars()
    for pattern, usual in _SPELLINGS:
        plain = plain.str.replace(pattern, usual)
    return plain.str.replace_all(" ", "")


def _plain(name: str) -> str:
    plain = re.sub(r"[\W_]+", " ", name.lower()).strip()
    for pattern, usual in _SPELLINGS:
        plain = re.sub(pattern, usual, plain, count=1)
    return plain


def _bare(name: str) -> str:
    return _LEVEL.sub("", _plain(name)).replace(" ", "")


def _ids_by_name(candidate: Kind) -> dict[str, list[str]]:
    """Ids by plain name, with and without the level before it."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for each, name in candidate.names.items():
        for plain in {_plain(name).replace(" ", ""), _bare(name)}:
            found[plain].append(each)
    return found


def _offers(candidate: Kind) -> dict[str, str]:
    return {
        plain: ", ".join(f"{each} {candidate.names[each]}" for each in ids[:_OFFERED])
        for plain, ids in _ids_by_name(candidate).items()
    }


def _look_up(text: pl.Expr, values: Mapping[str, str]) -> pl.Expr:
    if not values:
        return pl.lit(None, pl.String)
    return text.replace_strict(dict(values), default=None, return_dtype=pl.String)
