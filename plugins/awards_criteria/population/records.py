"""Records: partner enterprises, regulations, innovations and scores of a panel."""

import numpy as np
import polars as pl

from .chance import Bools, Floats, Ints, chance, part_of, stream
from .companies import company_names, npp
from .firms import LARGE, MEDIUM, Firms
from .governments import Governments
from .regions import regions
from .words import chosen, invented

_UNKNOWN = 50_000_000
"""Serials from here on belong to partners that are in no register."""
_SUBJECTS = (
    "penyelenggaraan jaminan sosial ketenagakerjaan",
    "perlindungan pekerja rentan",
    "kepesertaan perangkat desa",
    "kewajiban kepesertaan dalam layanan perizinan",
    "optimalisasi kepesertaan penyedia jasa konstruksi",
)
_ACTS = ("Gerakan", "Loket", "Aplikasi", "Kader", "Posko", "Kartu", "Dana")
_AIMS = ("Pekerja Rentan", "Nelayan", "Buruh Tani", "Pasar Rakyat", "Ojek", "Perajin")
_ITEMS = ("pemahaman", "komitmen-pimpinan", "rencana-tindak-lanjut")
JURORS = 5


def partner_table(seed: int, firms: Firms) -> pl.DataFrame:
    """``id``, ``partner_id``, ``partner_name``, ``workers``, ``active_participants``.

    Partners of large and medium companies. Half are in the register, some of those
    claimed by two companies; the rest are in none or have no number at all.
    """
    dice = stream(seed, "partners")
    owners = _owners(dice, firms)
    at, known = _partners(dice, firms, count=len(owners))
    serial = np.where(known, firms.serial[at], _UNKNOWN + np.arange(len(owners)))
    workers = np.where(known, firms.workers[at], dice.poisson(2.5, len(owners)) + 1)
    table = pl.DataFrame(
        {
            "id": npp(firms.serial, firms.region).gather(owners),
            "partner_id": npp(serial, firms.region[at]),
            "partner_name": company_names(serial, scale=firms.scale[at], sector=firms.sector[at]),
            "workers": workers,
            "active_participants": part_of(dice, workers, chance(firms.care[owners])),
        }
    )
    alone = table.unique(["id", "partner_id"], keep="first", maintain_order=True)
    return _with_ids(alone.filter(pl.col("id") != pl.col("partner_id")), dice)


def regulation_table(seed: int, governments: Governments) -> pl.DataFrame:
    """``id``, ``number``, ``form``, ``year`` and ``subject``; careful governments have
    more, and of a higher form."""
    dice = stream(seed, "regulations")
    owners = _repeated(dice.poisson(np.exp(0.6 + 0.4 * governments.care)))
    codes = regions()["code"].gather(owners)
    city = codes.str.slice(3, 1) == "7"
    high = dice.random(len(owners)) < chance(-1.2 + 0.9 * governments.care[owners])
    middle = dice.random(len(owners)) < chance(0.6 + 0.5 * governments.care[owners])
    by_head = pl.when(city).then(pl.lit("perwali")).otherwise(pl.lit("perbup"))
    form = pl.when(pl.Series(high)).then(pl.lit("perda")).when(pl.Series(middle)).then(by_head)
    return pl.select(
        id=codes,
        number=pl.Series(np.arange(len(owners)) % 97 + 1).cast(pl.String),
        form=form.otherwise(pl.lit("edaran")),
        year=pl.Series(dice.integers(2019, 2025, len(owners))),
        subject=chosen(_SUBJECTS, dice.integers(0, len(_SUBJECTS), len(owners))),
    )


def innovation_table(seed: int, ids: pl.Series, *, care: Floats, usual: float) -> pl.DataFrame:
    """``id``, ``title``, ``year`` and ``description``; about *usual* per candidate."""
    dice = stream(seed, "innovations", ids[0])
    owners = _repeated(np.minimum(dice.poisson(usual * np.exp(0.5 * care)), 15))
    count = len(owners)
    titles = chosen(_ACTS, dice.integers(0, len(_ACTS), count))
    titles = titles + " " + chosen(_AIMS, dice.integers(0, len(_AIMS), count))
    return pl.DataFrame(
        {
            "id": ids.gather(owners),
            "title": titles + " " + invented(np.arange(count, dtype=np.int64)),
            "year": dice.integers(2022, 2025, count),
            "description": pl.Series(["Contoh yang dibangkitkan"]).new_from_index(0, count),
        }
    )


def panel_table(seed: int, ids: pl.Series, *, care: Floats) -> pl.DataFrame:
    """``id``, ``juror``, ``item`` and ``score`` for candidates that were interviewed.

    Jurors differ in how strict they are, and some scores were not given.
    """
    dice = stream(seed, "panel", ids[0] if len(ids) else "")
    items = len(_ITEMS)
    owner, juror, item = (
        each.ravel() for each in np.indices((len(ids), JURORS, items), dtype=np.int64)
    )
    strict = 0.8 * dice.standard_normal(JURORS)
    apart = 1.5 * dice.standard_normal(len(owner))
    merit = 96.5 + (care - care.mean())[owner] + strict[juror] + apart
    scores = pl.Series(np.clip(np.rint(2 * merit) / 2, 0, 100))
    given = pl.Series(dice.random(len(owner)) >= 0.03)
    return pl.select(
        id=ids.gather(owner),
        juror="Juri " + pl.Series(juror + 1).cast(pl.String),
        item=chosen(_ITEMS, item),
        score=pl.when(given).then(scores),
    )


def _owners(dice: np.random.Generator, firms: Firms) -> Ints:
    """The company of each partner, by position."""
    usual = np.select([firms.scale == LARGE, firms.scale == MEDIUM], [5.0, 1.0], 0.0)
    takes = dice.random(len(firms)) < chance(-1.0 + 0.8 * firms.care)
    takes &= (firms.scale < MEDIUM).any()
    return _repeated(np.where(takes, dice.poisson(usual), 0))


def _partners(dice: np.random.Generator, firms: Firms, *, count: int) -> tuple[Ints, Bools]:
    """The position of a small company for each partner, and whether the partner is
    that very company or only one like it."""
    smaller = np.flatnonzero(firms.scale < MEDIUM)
    return dice.choice(smaller, size=count), dice.random(count) < 0.5


def _with_ids(table: pl.DataFrame, dice: np.random.Generator) -> pl.DataFrame:
    """*table* with some partners' numbers left out, as of enterprises without one."""
    numbered = pl.Series(dice.random(table.height) < 0.92)
    return table.with_columns(pl.when(numbered).then(pl.col("partner_id")).alias("partner_id"))


def _repeated(times: Ints) -> Ints:
    """Each position as often as *times* says."""
    return np.repeat(np.arange(len(times), dtype=np.int64), times)
