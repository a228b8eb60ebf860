"""The files of one made-up edition, as its senders would deliver them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from awards.sdk import Generated, Sample

from . import companies
from .companies import company_table, crosswalk_table, draw_companies
from .firms import LARGE, MEDIUM, MICRO, SMALL, Firms
from .governments import Governments, draw_governments, government_table
from .records import innovation_table, panel_table, partner_table, regulation_table
from .regions import regions
from .shortlist import best, best_of_each, company_merit
from .villages import PROVINCE_SIZE, Villages, draw_villages, village_table

SEED = 2024
_FEWEST_VILLAGES = 60
_INTERVIEWED = {"company": 8, "regency-city": 12, "village": 20}
"""How many are interviewed: of companies, in each of three categories."""


@dataclass(frozen=True, kw_only=True)
class Population:
    """Everybody in a made-up edition."""

    seed: int
    firms: Firms
    governments: Governments
    villages: Villages


@dataclass(frozen=True, kw_only=True)
class _File:
    """A table to be written, and what it is delivered as."""

    name: str
    kind: str
    part: str
    table: pl.DataFrame
    records: str | None = None


def generated(edition: str) -> Generated:
    """Made-up data for *edition*: companies as many as asked for, all governments,
    and villages in proportion."""

    def make(folder: Path, seed: int, size: int) -> tuple[Sample, ...]:
        return write_edition(folder, edition=edition, seed=seed, size=size)

    return Generated(edition=edition, make=make)


def write_edition(folder: Path, *, edition: str, seed: int, size: int) -> tuple[Sample, ...]:
    """Write the files of *edition* into *folder* and say how they are read.

    *size* is the number of companies; the same seed and size give the same bytes.
    ``nomor-perusahaan.csv`` is written besides: the numbers of a crosswalk.
    """
    population = draw_population(seed, size)
    crosswalk_table(population.firms).write_csv(folder / "nomor-perusahaan.csv")
    return tuple(_write(each, folder, edition=edition, seed=seed) for each in _files(population))


def draw_population(seed: int, size: int) -> Population:
    governments = draw_governments(seed)
    share = PROVINCE_SIZE * size // companies.PROVINCE_SIZE
    villages = min(max(share, _FEWEST_VILLAGES), PROVINCE_SIZE)
    return Population(
        seed=seed,
        firms=draw_companies(seed, size),
        governments=governments,
        villages=draw_villages(seed, governments, size=villages),
    )


def _write(file: _File, folder: Path, *, edition: str, seed: int) -> Sample:
    path = folder / f"{file.name}.csv"
    file.table.write_csv(path)
    return Sample(
        edition=edition,
        kind=file.kind,
        part=file.part,
        file=path,
        columns={},
        numbers="en",
        records=file.records,
        sender=f"data contoh (dibangkitkan, benih {seed})",
    )


def _files(population: Population) -> Iterator[_File]:
    yield from _company_files(population)
    yield from _government_files(population)
    yield from _village_files(population)


def _company_files(population: Population) -> Iterator[_File]:
    seed, firms = population.seed, population.firms
    table = company_table(seed, firms)
    yield _File(name="perusahaan", kind="company", part="kepesertaan", table=table)
    partners = partner_table(seed, firms)
    yield _File(name="binaan", kind="company", part="binaan", table=partners, records="partners")
    groups = [np.isin(firms.scale, scales) for scales in ((LARGE,), (MEDIUM,), (SMALL, MICRO))]
    merit = company_merit(table, partners)
    invited = best_of_each(merit, groups, count=_INTERVIEWED["company"])
    scores = panel_table(seed, table["id"].gather(invited), care=firms.care[invited])
    yield _panel("company", scores)


def _government_files(population: Population) -> Iterator[_File]:
    seed, governments, kind = population.seed, population.governments, "regency-city"
    table, ids = government_table(seed, governments), regions()["code"]
    yield _File(name="pemerintah-daerah", kind=kind, part="kepesertaan", table=table)
    rules = regulation_table(seed, governments)
    yield _File(name="peraturan", kind=kind, part="peraturan", table=rules, records="regulations")
    ideas = innovation_table(seed, ids, care=governments.care, usual=4.0)
    yield _File(
        name="inovasi-daerah", kind=kind, part="inovasi", table=ideas, records="innovations"
    )
    invited = best(governments.care, _INTERVIEWED[kind])
    yield _panel(kind, panel_table(seed, ids.gather(invited), care=governments.care[invited]))


def _village_files(population: Population) -> Iterator[_File]:
    seed, villages, kind = population.seed, population.villages, "village"
    table = village_table(seed, villages)
    yield _File(name="desa-kelurahan", kind=kind, part="kepesertaan", table=table)
    ideas = innovation_table(seed, villages.id, care=villages.care, usual=0.4)
    yield _File(name="inovasi-desa", kind=kind, part="inovasi", table=ideas, records="innovations")
    invited = best(villages.care, _INTERVIEWED[kind])
    yield _panel(kind, panel_table(seed, villages.id.gather(invited), care=villages.care[invited]))


def _panel(kind: str, scores: pl.DataFrame) -> _File:
    return _File(
        name=f"nilai-panel-{kind}", kind=kind, part="panel", table=scores, records="panel-scores"
    )
