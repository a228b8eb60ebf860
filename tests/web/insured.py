"""Large companies judged for insuring their workers, one of them in arrears."""

from dataclasses import replace
from pathlib import Path

from awards.domain.definition import DisclosureLevel
from awards.intake.types import ColumnMap
from awards.registry import load_plugins
from awards.sdk.rulebook import RuleBook
from awards.services.decisions import decide, propose
from awards.services.editions import open_edition
from awards.services.imports import Delivery, import_part, layout_of
from awards.services.runs import evaluate_category
from awards.services.snapshots import take_snapshot
from tests.unit.services.insurers import ARREARS, CODE, HEAD, company
from tests.unit.services.world import ACT, DECREE, MINUTES, World

PROGRAM, CATEGORY = "paritrana-jatim", "usaha-besar"
FAILED, BEFORE = "PT Kenari Tertunggak", 98.7654321
ROWS = (
    *(company(number, active=70 + 2 * number) for number in range(7)),
    company(7, active=60, before=BEFORE, name="PT Biasa"),
    company(8, active=99, arrears=ARREARS, name=FAILED),
)


def rules_at(level: DisclosureLevel) -> RuleBook:
    """The bundled rules, with the award cut to one category and published at *level*."""
    rulebook = load_plugins(entry_points=False).rulebook
    program = rulebook.program(PROGRAM)
    edition = program.definition.editions[0]
    kept = tuple(each for each in edition.categories if each.code == CATEGORY)
    changed = edition.model_copy(update={"disclosure": level, "categories": kept})
    definition = program.definition.model_copy(update={"editions": (changed,)})
    own = replace(program, definition=definition, samples=())
    return replace(rulebook, programs={PROGRAM: own})


def publish_at(folder: Path, level: DisclosureLevel) -> World:
    """Nine large companies, one in arrears; decided, published, with certificates."""
    world = World(folder, rules_at(level))
    edition = open_edition(
        world.stores, CODE, program=PROGRAM, rulebook=world.rulebook, act=ACT, decree=DECREE
    )
    with world.stores.archive.workspace() as work:
        path = work / "data.csv"
        path.write_text("\n".join([HEAD, *ROWS, ""]), "utf-8")
        import_part(
            world.stores,
            path,
            edition=CODE,
            layout=layout_of(edition, "company", rulebook=world.rulebook),
            column_map=ColumnMap(numbers="en"),
            delivery=Delivery(part="main"),
            act=ACT,
            work=work,
        )
    snapshot = take_snapshot(
        world.stores, edition, kind="company", rulebook=world.rulebook, act=ACT
    )
    run = evaluate_category(
        world.stores,
        edition,
        category=CATEGORY,
        snapshot=snapshot,
        rulebook=world.rulebook,
        act=ACT,
    )
    sealed = world.sealed(run)
    titles = propose(sealed, rulebook=world.rulebook)
    decide(world.stores, sealed, titles=titles, minutes=MINUTES, second="Sekretaris", act=ACT)
    world.publish(CODE)
    world.issue(CODE, CATEGORY)
    return world
