"""The public reads which rules changed after the lock, why, and who moved."""

from datetime import timedelta

from awards.domain.definition import EditionDefinition
from awards.services.rules import save_rules
from tests.unit.services.world import ACT, World


def change(world: World, code: str, weight: float) -> None:
    """Another weight of the first criterion of the first category, by two persons."""
    data = world.edition(code).definition.model_dump(mode="json")
    data["categories"][0]["tree"]["children"][0]["weight"] = weight
    save_rules(
        world.stores,
        EditionDefinition.model_validate(data),
        based_on=world.edition(code).version,
        rulebook=world.rulebook,
        act=ACT,
        reason="Bobot salah ketik",
        second="Sekretaris",
    )


def test_a_change_after_the_lock_is_published_with_reason_and_who_moved(imported: World) -> None:
    first = imported.edition("kop-open").definition.categories[0].code
    imported.evaluate("kop-open", first)
    change(imported, "kop-open", 1.0)
    imported.decide_all("kop-open")
    imported.publish("kop-open")
    published = imported.site.edition("kop-open")
    assert published is not None
    changed, *others = published.categories
    [notice] = changed.rule_changes
    assert (notice.version, notice.reason) == (2, "Bobot salah ketik")
    assert notice.saved_at - ACT.at < timedelta(seconds=1)
    assert len(notice.changes) == 1
    assert notice.changes[0].endswith("weight: 40 → 1")
    assert notice.moves is not None
    assert all(before != after for _, before, after in notice.moves)
    assert [each.rule_changes for each in others] == [()] * len(others)


def test_below_open_nobody_is_named_who_moved(imported: World) -> None:
    first = imported.edition("kop-winners").definition.categories[0].code
    imported.evaluate("kop-winners", first)
    change(imported, "kop-winners", 1.0)
    imported.decide_all("kop-winners")
    imported.publish("kop-winners")
    published = imported.site.edition("kop-winners")
    assert published is not None
    [notice] = published.categories[0].rule_changes
    assert (notice.reason, notice.moves) == ("Bobot salah ketik", None)
