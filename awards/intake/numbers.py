"""Numbers in text: never guessed.

Digits alone are a number. With a declared format, that format is read and no
other. Without one, a value is read when it can mean one thing only: ``8,34`` and
``0.123`` cannot be thousands, ``1.234`` can and is refused. A column that writes
some decimals with a point and others with a comma is refused wherever it does.
"""

import polars as pl

from awards.intake.types import Numbers

_PLAIN = r"^-?[0-9]+$"
_POINT = r"^-?(?:[0-9]+\.[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?)$"
_COMMA = r"^-?(?:[0-9]+,[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?)$"
_EITHER = r"^-?[1-9][0-9]{0,2}[.,][0-9]{3}$"
_FORMS = {"plain": _PLAIN, "either": _EITHER, "point": _POINT, "comma": _COMMA}

_ERROR = r"^(#[A-Z0-9/?]+!?\??|Err:[0-9]+)$"
_CURRENCY = r"(?i)^-?\s*(rp|idr|usd|us\$|\$)|\s(rupiah)$"
_PERCENT = r"(?i)%|persen$|percent$"
_PLACEHOLDER = (
    r"(?i)^([-–—_.…?*]+|n\s*[./]?\s*a\.?|t\.?a\.?|nan|null|none|nil|nihil|x|kosong"
    r"|tidak (ada|tersedia)( data)?|belum (ada|tersedia)( data)?|tad|#n/a n/a)$"
)


def cleaned(text: pl.Expr) -> pl.Expr:
    """*text* without outer space, the typographic minus as a hyphen."""
    return text.str.strip_chars().str.replace("^−", "-")


def parse_texts(texts: pl.Series, numbers: Numbers | None, *, mixed: bool) -> pl.DataFrame:
    """``value`` (Float64, null where refused) and the code of the ``fault`` of every text.

    *mixed* says whether the column writes decimals both ways; it is of no matter where
    *numbers* are declared. Both columns are null where the text is. The codes:
    ``formula-error``, ``percent-sign``, ``currency``, ``placeholder``, ``not-a-number``,
    ``ambiguous-number``, ``mixed-numbers``, ``other-format-id``, ``other-format-en``.
    """
    read = pl.DataFrame({"text": texts, "form": _forms(texts)})
    form = pl.col("form")
    read = read.with_columns(
        other=pl.when(form.is_null()).then("text"), decimal=pl.when(form != "plain").then("text")
    )
    fault = pl.coalesce(_words_fault(pl.col("other")), _form_fault(form, numbers, mixed=mixed))
    read = read.with_columns(fault=fault)
    decimal = pl.col("decimal").str
    point = _as_float(decimal.replace_all(",", "", literal=True))
    pointless = decimal.replace_all(".", "", literal=True)
    comma = _as_float(pointless.str.replace(",", ".", literal=True))
    value = pl.when(form == "comma").then(comma).otherwise(point)
    if numbers is not None:
        value = comma if numbers == "id" else point
    value = pl.when(form == "plain").then(_as_float(pl.col("text"))).otherwise(value)
    return read.select(value=pl.when(pl.col("fault").is_null()).then(value), fault="fault")


def forms_of(texts: pl.Series) -> set[str]:
    """The ways in which numbers are written in *texts*."""
    return set(_forms(texts).unique().drop_nulls())


def _as_float(text: pl.Expr) -> pl.Expr:
    return text.cast(pl.Float64, strict=False)


def _forms(texts: pl.Series) -> pl.Series:
    """How a number is written: plain, either, point, comma, or null for no number.

    Each form is looked for only where none was found before, for the sake of speed.
    """
    read = pl.DataFrame({"rest": texts}).with_columns(form=pl.lit(None, pl.String))
    for form, pattern in _FORMS.items():
        fits = pl.col("rest").str.contains(pattern)
        read = read.with_columns(
            form=pl.when(fits).then(pl.lit(form)).otherwise("form"),
            rest=pl.when(~fits).then("rest"),
        )
    return read["form"]


def _words_fault(text: pl.Expr) -> pl.Expr:
    """What is wrong with *text*, which is no number."""
    return (
        pl.when(text.str.contains(_ERROR))
        .then(pl.lit("formula-error"))
        .when(text.str.contains(_PERCENT))
        .then(pl.lit("percent-sign"))
        .when(text.str.contains(_CURRENCY))
        .then(pl.lit("currency"))
        .when(text.str.contains(_PLACEHOLDER))
        .then(pl.lit("placeholder"))
        .when(text.is_not_null())
        .then(pl.lit("not-a-number"))
    )


def _form_fault(form: pl.Expr, numbers: Numbers | None, *, mixed: bool) -> pl.Expr:
    if numbers is not None:
        other = "point" if numbers == "id" else "comma"
        return pl.when(form == other).then(pl.lit(f"other-format-{numbers}"))
    return (
        pl.when(form == "either")
        .then(pl.lit("ambiguous-number"))
        .when(pl.lit(mixed) & form.is_in(["point", "comma"]))
        .then(pl.lit("mixed-numbers"))
    )
