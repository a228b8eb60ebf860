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


def parse_text(text: pl.Expr, numbers: Numbers | None) -> tuple[pl.Expr, pl.Expr]:
    """The value of *text* (Float64, null where refused) and the code of the fault.

    Both are null where *text* is. The codes: ``formula-error``, ``percent-sign``,
    ``currency``, ``placeholder``, ``not-a-number``, ``ambiguous-number``,
    ``mixed-numbers``, ``other-format-id``, ``other-format-en``.
    """
    form = _form(text)
    fault = pl.coalesce(_words_fault(text), _form_fault(form, numbers))
    point = _as_float(text.str.replace_all(",", ""))
    comma = _as_float(text.str.replace_all(".", "", literal=True).str.replace(",", "."))
    value = pl.when(form == "comma").then(comma).otherwise(point)
    if numbers is not None:
        value = comma if numbers == "id" else point
    return pl.when(fault.is_null()).then(value), fault


def _as_float(text: pl.Expr) -> pl.Expr:
    return text.cast(pl.Float64, strict=False)


def _form(text: pl.Expr) -> pl.Expr:
    """How a number is written: plain, either, point, comma, or null for no number."""
    return (
        pl.when(text.str.contains(_PLAIN))
        .then(pl.lit("plain"))
        .when(text.str.contains(_EITHER))
        .then(pl.lit("either"))
        .when(text.str.contains(_POINT))
        .then(pl.lit("point"))
        .when(text.str.contains(_COMMA))
        .then(pl.lit("comma"))
    )


def _words_fault(text: pl.Expr) -> pl.Expr:
    return (
        pl.when(text.str.contains(_ERROR))
        .then(pl.lit("formula-error"))
        .when(text.str.contains(_PERCENT))
        .then(pl.lit("percent-sign"))
        .when(text.str.contains(_CURRENCY))
        .then(pl.lit("currency"))
        .when(text.str.contains(_PLACEHOLDER))
        .then(pl.lit("placeholder"))
        .when(text.is_not_null() & _form(text).is_null())
        .then(pl.lit("not-a-number"))
    )


def _form_fault(form: pl.Expr, numbers: Numbers | None) -> pl.Expr:
    if numbers is not None:
        other = "point" if numbers == "id" else "comma"
        return pl.when(form == other).then(pl.lit(f"other-format-{numbers}"))
    mixed = (form == "point").any() & (form == "comma").any()
    return (
        pl.when(form == "either")
        .then(pl.lit("ambiguous-number"))
        .when(mixed & form.is_in(["point", "comma"]))
        .then(pl.lit("mixed-numbers"))
    )
