"""Indonesian region codes: level and type follow from the code itself.

Source: Kepmendagri 300.2.2-2138/2025. Province 2 digits, regency or city 4
(01–69 regency, 71–99 city), district 6, village 10 whose last block starts with
1 (kelurahan), 2 (desa) or 3 (desa adat). Written with dots: ``35.78.01.1001``.
"""

import re
from dataclasses import dataclass

_CODE = re.compile(r"(\d{2})(?:\.(\d{2})(?:\.(\d{2})(?:\.(\d{4}))?)?)?")
_VILLAGES = {"1": "kelurahan", "2": "desa", "3": "desa_adat"}


@dataclass(frozen=True)
class Region:
    """A region code taken apart; ``type`` is one of province, regency, city,
    district, kelurahan, desa, desa_adat."""

    code: str
    type: str

    @property
    def province(self) -> str:
        return self.code[:2]


def parse_region(code: str) -> Region | None:
    """The region that *code* names by its form alone, or None if no code looks so."""
    match = _CODE.fullmatch(code)
    if match is None:
        return None
    _, second, third, fourth = match.groups()
    if fourth is not None:
        kind = _VILLAGES.get(fourth[0])
    elif third is not None:
        kind = "district"
    elif second is not None:
        kind = _second_level(int(second))
    else:
        kind = "province"
    return Region(code, kind) if kind else None


def _second_level(number: int) -> str | None:
    if 1 <= number <= 69:
        return "regency"
    return "city" if 71 <= number <= 99 else None
