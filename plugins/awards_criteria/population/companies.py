"""Companies: who they are in a register, and the numbers that others know them by."""

import numpy as np
import polars as pl

from .chance import Ints, Spread, stream
from .compliance import measure_firms
from .firms import SECTORS, Firms, draw_firms
from .gaps import leave_out
from .regions import regions
from .words import chosen, paired

PROVINCE_SIZE = 66_150
"""Companies that paid contributions in East Java at the end of 2018."""

_NPP = Spread(size=100_000_000, factor=61_803_399, shift=27_182_818)
_NIB = Spread(size=1_000_000_000_000, factor=618_033_989, shift=141_421_356_237)
_NPWP = Spread(size=10_000_000_000, factor=271_828_183, shift=5_772_156_649)
_FORMS = np.array([(2, 2, 2, 2, 1), (2, 1, 1, 0, 2), (0, 0, 0, 0, 1), (0, 0, 0, 0, 0)])
_FORM_WORDS = ("PT", "CV", "UD")
_TRADES = (
    ("Niaga", "Dagang", "Sentra", "Mandala Jasa"),
    ("Pabrika", "Olahan", "Garmen", "Logam"),
    ("Bangun", "Konstruksi", "Rancang", "Beton"),
    ("Agro", "Tani", "Samudra", "Kebun"),
    ("Dana", "Artha", "Modal", "Titipan"),
    ("Edukasi", "Pelita", "Wacana", "Siswa"),
    ("Medika", "Husada", "Farma", "Waras"),
    ("Tambang", "Mineral", "Batuan", "Galian"),
    ("Layanan", "Tirta", "Utilitas", "Prasarana"),
)
_EMPTY = {
    "workers": 0.003,
    "active_participants": 0.002,
    "protected_workers": 0.01,
    "jkk_participants": 0.004,
    "jp_participants": 0.006,
    "paid_wages": 0.006,
    "reported_wages": 0.004,
    "months_paid_on_time": 0.004,
    "arrears": 0.004,
    "participants_before": 0.006,
    "contributions_before": 0.006,
    "suppliers": 0.02,
    "suppliers_registered": 0.02,
    "vulnerable_workers_paid_for": 0.01,
    "sipp_months": 0.004,
    "app_users": 0.008,
    "annual_sales": 0.02,
    "capital": 0.05,
}


def draw_companies(seed: int, size: int) -> Firms:
    """The *size* companies that *seed* stands for."""
    return draw_firms(stream(seed, "firms", size), np.arange(size, dtype=np.int64))


def company_table(seed: int, firms: Firms) -> pl.DataFrame:
    """A file of companies: ``id``, ``name``, attributes and the 22 indicators, with
    empty cells; amounts in whole thousands of rupiah, sales and capital in millions."""
    dice = stream(seed, "compliance", int(firms.serial[0]))
    measured = measure_firms(dice, firms)
    gappy = leave_out(dice, measured, shares=_EMPTY, care=firms.care)
    return _identity(firms).hstack(gappy)


def crosswalk_table(firms: Firms) -> pl.DataFrame:
    """The other numbers of companies as a crosswalk: ``scheme``, ``id``, ``candidate``."""
    numbers = {
        "NIB": _digits(_NIB(firms.serial), 13, lead="9"),
        "NPWP": _digits(_NPWP(firms.serial), 11, lead="0") + "01000",
    }
    candidate = npp(firms.serial, firms.region)
    return pl.concat(
        pl.select(scheme=pl.lit(scheme), id=ids, candidate=candidate)
        for scheme, ids in numbers.items()
    )


def npp(serials: Ints, region: Ints) -> pl.Series:
    """Employer numbers: two letters for the branch and eight digits, all different."""
    branches = pl.Series([f"{'JKLM'[at // 10]}{'ABCDEFGHIK'[at % 10]}" for at in range(38)])
    return branches.gather(region) + _digits(_NPP(serials), 8)


def company_names(serials: Ints, *, scale: Ints, sector: Ints) -> pl.Series:
    """Names that no company has: a legal form, two invented words and a trade."""
    forms = chosen(_FORM_WORDS, _form(serials, scale))
    trades = chosen(tuple(word for words in _TRADES for word in words), sector * 4 + serials % 4)
    return forms + " " + paired(serials) + " " + trades


def _identity(firms: Firms) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "id": npp(firms.serial, firms.region),
            "name": company_names(firms.serial, scale=firms.scale, sector=firms.sector),
            "region": regions()["code"].gather(firms.region),
            "sector": chosen(SECTORS, firms.sector),
        }
    )


def _form(serials: Ints, scale: Ints) -> Ints:
    return np.asarray(_FORMS[scale, serials % 5])


def _digits(numbers: Ints, width: int, *, lead: str = "") -> pl.Series:
    """*numbers* as text of *width* digits, zeros and *lead* first."""
    text = pl.Series(numbers).cast(pl.String).str.zfill(width - len(lead))
    return lead + text if lead else text
