"""Build an example award from the presets that bring data along or can make it up."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from awards.domain.definition import CategoryDefinition
from awards.domain.errors import AwardsError
from awards.domain.records import Certificate, Edition, Part, Publication, Run, Snapshot
from awards.intake.types import ColumnMap
from awards.sdk.rulebook import RuleBook
from awards.sdk.types import Program, Sample
from awards.services.certificates import Issue, issue_certificates
from awards.services.computing import Compute
from awards.services.decisions import Minutes, decide, propose
from awards.services.editions import open_edition
from awards.services.imports import Delivery, import_part, layout_of
from awards.services.publication import publish
from awards.services.robustness import MOST_CANDIDATES, can_be_varied, make_robustness
from awards.services.runs import evaluate_category
from awards.services.sealed import read_run
from awards.services.snapshots import take_snapshot
from awards.services.stores import Act, Stores

CHAIR, SECRETARY = "Ketua Panitia (contoh)", "Sekretaris Panitia (contoh)"
DECREE = "SK-CONTOH/1"


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
class MadeUp:
    """How much data is made up, and from which seed, for editions that have no others;
    none at all for a *size* of 0."""

    size: int
    seed: int


@dataclass(frozen=True)
class Step:
    """A piece of work, and how many seconds it takes, about, on two cores."""

    words: str
    seconds: float


@dataclass(frozen=True, kw_only=True)
class Workshop:
    """All that building needs. ``compute`` is where rules work; ``issue_of`` says how to
    print in a design; ``tell`` is told each step that `plan_edition` gives, before it is
    done."""

    stores: Stores
    rulebook: RuleBook
    compute: Compute
    issue_of: Callable[[str], Issue]
    made_up: MadeUp
    tell: Callable[[Step], None]
    act: Act


def sample_editions(rulebook: RuleBook, *, made_up: bool) -> tuple[tuple[Program, str], ...]:
    """The editions that presets bring data for, or with *made_up* can make it up for;
    oldest period first."""
    found = [
        (each.period_end, program.code, program, each.code)
        for program in rulebook.programs.values()
        for each in program.definition.editions
        if any(sample.edition == each.code for sample in program.samples)
        or (made_up and any(one.edition == each.code for one in program.generated))
    ]
    return tuple((program, code) for _, _, program, code in sorted(found, key=lambda one: one[:2]))


def plan_edition(program: Program, code: str, *, made_up: MadeUp) -> Iterator[Step]:
    """What `build_edition` does, in order."""
    edition = next(each for each in program.definition.editions if each.code == code)
    size = made_up.size if any(each.edition == code for each in program.generated) else 0
    yield Step(f"{code}: data", 0.4 + size / 8_000)
    for category in edition.categories:
        yield Step(f"{code}: {category.code}", 0.4 + size / 40_000)
    yield Step(f"{code}: pages", 0.4 * len(edition.categories) + size / 40_000)
    yield Step(f"{code}: certificates", 0.8 * len(edition.categories))


def build_edition(shop: Workshop, program: Program, code: str) -> Made:
    """Open, import, evaluate, decide and publish one edition, and issue its
    certificates. What is there already is kept, so a broken-off build goes on."""
    edition = _opened(shop, program, code)
    steps = plan_edition(program, code, made_up=shop.made_up)
    shop.tell(next(steps))
    rows = _delivered(shop, edition, program)
    runs = tuple(_evaluated(shop, edition, steps))
    shop.tell(next(steps))
    with shop.stores.database.reading() as records:
        published = records.publications.of(code)
    if published is None:
        published = publish(shop.stores, edition, rulebook=shop.rulebook, act=shop.act)
    shop.tell(next(steps))
    issue = shop.issue_of(edition.definition.certificate.design)
    for category in edition.definition.categories:
        issue_certificates(shop.stores, edition, category=category.code, issue=issue, act=shop.act)
    with shop.stores.database.reading() as records:
        certificates = records.certificates.list(code)
    return Made(
        edition=code, candidates=rows, runs=runs, publication=published, certificates=certificates
    )


def _delivered(shop: Workshop, edition: Edition, program: Program) -> int:
    """Import all data of *edition*; returns how many candidates they are about."""
    with shop.stores.archive.workspace() as folder:
        samples = [each for each in program.samples if each.edition == edition.code]
        for each in program.generated:
            if each.edition == edition.code and shop.made_up.size:
                samples += each.make(folder, shop.made_up.seed, shop.made_up.size)
        rows = [(each, _imported(shop, edition, each)) for each in samples]
    return sum(count for each, count in rows if each.records is None)


def _evaluated(shop: Workshop, edition: Edition, steps: Iterator[Step]) -> Iterator[Run]:
    @cache
    def snapshot_of(kind: str) -> Snapshot:
        return take_snapshot(shop.stores, edition, kind=kind, rulebook=shop.rulebook, act=shop.act)

    for category in edition.definition.categories:
        shop.tell(next(steps))
        yield _decided(shop, edition, category, snapshot_of=snapshot_of)


def _opened(shop: Workshop, program: Program, code: str) -> Edition:
    with shop.stores.database.reading() as records:
        if records.editions.has(code):
            return records.editions.get(code)
    return open_edition(
        shop.stores,
        code,
        program=program.code,
        rulebook=shop.rulebook,
        act=shop.act,
        decree=DECREE,
    )


def _imported(shop: Workshop, edition: Edition, sample: Sample) -> int:
    with shop.stores.database.reading() as records:
        part = records.parts.named(edition.code, sample.kind, sample.part, records=sample.records)
    return _import(shop, edition, sample).rows if part is None else part.rows


def _import(shop: Workshop, edition: Edition, sample: Sample) -> Part:
    column_map = ColumnMap(columns=sample.columns, rows=sample.rows, numbers=sample.numbers)
    with shop.stores.archive.workspace() as work:
        imported = import_part(
            shop.stores,
            sample.file,
            edition=edition.code,
            layout=layout_of(edition, sample.kind, rulebook=shop.rulebook, records=sample.records),
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
    return imported.part


def _decided(
    shop: Workshop,
    edition: Edition,
    category: CategoryDefinition,
    *,
    snapshot_of: Callable[[str], Snapshot],
) -> Run:
    with shop.stores.database.reading() as records:
        before = records.decisions.latest(edition.code, category.code)
        if before is not None:
            return records.runs.get(before.seal)
    run = evaluate_category(
        shop.stores,
        edition,
        category=category.code,
        snapshot=snapshot_of(category.kind),
        rulebook=shop.rulebook,
        act=shop.act,
        compute=shop.compute,
    )
    sealed = read_run(shop.stores, run)
    if 0 < sealed.manifest["result"]["ranked"] <= MOST_CANDIDATES and can_be_varied(
        sealed.definition
    ):
        make_robustness(
            shop.stores,
            run,
            rules=edition.definition.robustness,
            rulebook=shop.rulebook,
            act=shop.act,
        )
    decide(
        shop.stores,
        sealed,
        titles=propose(sealed, rulebook=shop.rulebook),
        minutes=Minutes(number=f"BA-CONTOH/{edition.definition.label}", date=shop.act.at.date()),
        second=SECRETARY,
        act=replace(shop.act, by=CHAIR),
    )
    return run
