"""Build an example award from the presets that bring data along."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from awards.domain.errors import AwardsError
from awards.domain.records import Certificate, Edition, Publication, Run
from awards.intake.types import ColumnMap
from awards.sdk.rulebook import RuleBook
from awards.sdk.types import Program, Sample
from awards.services.certificates import Issue, issue_certificates
from awards.services.decisions import Minutes, decide, propose
from awards.services.editions import open_edition
from awards.services.imports import Delivery, import_part, layout_of
from awards.services.publication import publish
from awards.services.runs import evaluate_category
from awards.services.sealed import read_run
from awards.services.snapshots import take_snapshot
from awards.services.stores import Act, Stores

CHAIR, SECRETARY = "Ketua Panitia (contoh)", "Sekretaris Panitia (contoh)"


class SampleRefused(AwardsError):
    """A preset's own data do not pass its own checks: the plugin is at fault."""


@dataclass(frozen=True, kw_only=True)
class Made:
    """What was made of one edition."""

    edition: str
    candidates: int
    runs: tuple[Run, ...]
    publication: Publication
    certificates: tuple[Certificate, ...]


@dataclass(frozen=True, kw_only=True)
class Workshop:
    """All that building needs. ``issue_of`` says how to print in a design."""

    stores: Stores
    rulebook: RuleBook
    issue_of: Callable[[str], Issue]
    act: Act


def sample_editions(rulebook: RuleBook) -> tuple[tuple[Program, str], ...]:
    """The editions that presets bring data for, oldest period first."""
    found = [
        (each.period_end, program.code, program, each.code)
        for program in rulebook.programs.values()
        for each in program.definition.editions
        if any(sample.edition == each.code for sample in program.samples)
    ]
    return tuple((program, code) for _, _, program, code in sorted(found, key=lambda one: one[:2]))


def build_edition(shop: Workshop, program: Program, code: str) -> Made:
    """Open, import, evaluate, decide and publish one edition, and issue its
    certificates. What is there already is kept, so a broken-off build goes on."""
    edition = _opened(shop, program, code)
    rows = [_imported(shop, edition, each) for each in program.samples if each.edition == code]
    runs = tuple(_decided(shop, edition, each.code) for each in edition.definition.categories)
    with shop.stores.database.reading() as records:
        published = records.publications.of(code)
    if published is None:
        published = publish(shop.stores, edition, rulebook=shop.rulebook, act=shop.act)
    issue = shop.issue_of(edition.definition.certificate.design)
    for category in edition.definition.categories:
        issue_certificates(shop.stores, edition, category=category.code, issue=issue, act=shop.act)
    with shop.stores.database.reading() as records:
        certificates = records.certificates.list(code)
    return Made(
        edition=code,
        candidates=sum(rows),
        runs=runs,
        publication=published,
        certificates=certificates,
    )


def _opened(shop: Workshop, program: Program, code: str) -> Edition:
    with shop.stores.database.reading() as records:
        if records.editions.has(code):
            return records.editions.get(code)
    return open_edition(
        shop.stores, code, program=program.code, rulebook=shop.rulebook, act=shop.act
    )


def _imported(shop: Workshop, edition: Edition, sample: Sample) -> int:
    column_map = ColumnMap(columns=sample.columns, rows=sample.rows, numbers=sample.numbers)
    with shop.stores.archive.workspace() as work:
        imported = import_part(
            shop.stores,
            sample.file,
            edition=edition.code,
            layout=layout_of(edition, sample.kind, rulebook=shop.rulebook),
            column_map=column_map,
            delivery=Delivery(part=sample.part, sender=sample.sender),
            act=shop.act,
            work=work,
        )
    if imported.part is None:
        first = imported.inspection.refused[0]
        raise SampleRefused(
            f"{sample.file.name} of edition {edition.code}: {first.address}: {first.reason['en']}"
        )
    return imported.part.rows


def _decided(shop: Workshop, edition: Edition, category: str) -> Run:
    with shop.stores.database.reading() as records:
        before = records.decisions.latest(edition.code, category)
        if before is not None:
            return records.runs.get(before.seal)
    definition = next(each for each in edition.definition.categories if each.code == category)
    snapshot = take_snapshot(
        shop.stores, edition, kind=definition.kind, rulebook=shop.rulebook, act=shop.act
    )
    run = evaluate_category(
        shop.stores,
        edition,
        category=category,
        snapshot=snapshot,
        rulebook=shop.rulebook,
        act=shop.act,
    )
    sealed = read_run(shop.stores, run)
    decide(
        shop.stores,
        sealed,
        titles=propose(sealed, rulebook=shop.rulebook),
        minutes=Minutes(number=f"BA-CONTOH/{edition.definition.label}", date=shop.act.at.date()),
        second=SECRETARY,
        act=replace(shop.act, by=CHAIR),
    )
    return run
