"""One byte string for one value: the ground that every digest stands on."""

import hashlib
import unicodedata
from fractions import Fraction
from typing import Any

import rfc8785

QUANTA = 1_000_000_000
"""Totals and points are compared and digested as integers of 10⁻⁹."""


def canonical_json(value: Any) -> bytes:
    """*value* as RFC 8785 bytes, all text normalized to NFC first.

    Raises `rfc8785.CanonicalizationError` for what JSON cannot say exactly:
    NaN, infinities, integers beyond 2⁵³ and keys that are not text.
    """
    return rfc8785.dumps(_normalized(value))


def json_digest(value: Any) -> str:
    """SHA-256 over `canonical_json`, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(value)).hexdigest()


def quantize(value: float) -> int:
    """*value* in units of 10⁻⁹, halves to even; the exact integer, however large."""
    return round(Fraction(value) * QUANTA)


def _normalized(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {_normalized(key): _normalized(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_normalized(item) for item in value]
    return value
