"""`awards run explain` and `awards run diff`: why a place, and why another than before."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import click

from awards.cli.advice import print_firmness
from awards.cli.instance import Instance, json_option, with_instance
from awards.cli.printing import number, print_json, print_table
from awards.domain.differences import CriterionMovement, Moved, RunDifference, Share, Stranger
from awards.domain.explained import Goal
from awards.domain.published import CriterionHead, CriterionScore, SourceCell
from awards.domain.text import localized
from awards.services.differences import MOST, Choice, compare_runs
from awards.services.explanation import Explained, explain_candidate
from awards.services.robustness import firmness_of, robustness_of
from awards.services.sealed import SealedRun, read_run

_WHY_NOT = {
    "first": "it is first",
    "highest": "it has the highest one",
    "out-of-reach": "no single figure within its bounds leads there",
    "too-many": "points depend on other candidates, and these are too many to try",
}
_CAUSES = {
    "rules": "rule changed",
    "absence": "value came or went",
    "value": "value changed",
    "cohort": "others changed",
    "weight": "weight in force changed",
    "rest": "group combines otherwise",
}


def sealed_run(instance: Instance, seal: str) -> SealedRun:
    """The run whose seal begins with *seal*."""
    with instance.database.reading() as records:
        found = records.runs.get(seal)
    return read_run(instance.stores, found)


@click.command()
@click.argument("seal", metavar="RUN")
@click.argument("candidate", required=False)
@json_option
@with_instance
def explain(instance: Instance, *, seal: str, candidate: str | None, as_json: bool) -> None:
    """Explain the place of CANDIDATE (an id; else the first) down to the source cell."""
    sealed = sealed_run(instance, seal)
    explained = explain_candidate(sealed, candidate, rulebook=instance.rulebook)
    kept = robustness_of(instance.stores, sealed.seal)
    firm = firmness_of(kept, explained.id) if kept else None
    if as_json:
        print_json(explained.data() | {"robustness": asdict(firm) if firm else None})
        return
    _print_explained(explained)
    if firm is not None:
        print_firmness(firm)


@click.command()
@click.argument("before", metavar="BEFORE")
@click.argument("after", metavar="AFTER")
@click.option("--candidate", "candidates", multiple=True, help="An id to tell of; may be repeated.")
@click.option("--most", default=MOST, show_default=True, help="How many to list of each kind.")
@json_option
@with_instance
def diff(
    instance: Instance,
    *,
    before: str,
    after: str,
    candidates: tuple[str, ...],
    most: int,
    as_json: bool,
) -> None:
    """Show who moved between two runs, and through which criterion or value."""
    found = compare_runs(
        sealed_run(instance, before),
        sealed_run(instance, after),
        rulebook=instance.rulebook,
        choice=Choice(most=most, candidates=candidates),
    )
    if as_json:
        print_json(asdict(found))
    else:
        _print_difference(found, detailed=bool(candidates))


def _print_explained(explained: Explained) -> None:
    click.echo(f"{explained.name} ({explained.id}): {explained.standing}")
    for gate in explained.gates:
        click.echo(f"  gate {gate.title}: {gate.outcome}" + (f". {gate.reason}" * gate.failed))
    columns = ("criterion", "source value", "cell", "#raw", "#points", "#weight", "#contribution")
    print_table((*columns, "reason"), map(_explained_row, explained.criteria))
    for claim in explained.claims:
        counted = "for each" if claim.counted == "each" else "for none"
        click.echo(
            f"  {claim.record} {' '.join(claim.key)}: also claimed by {', '.join(claim.others)}; "
            f"counted {counted} of them"
        )
    known = explained.availability
    click.echo(f"  measured: {known.measured} of {known.arising} criteria that arise")
    click.echo(f"Total {number(explained.total, 9)}")
    heads = {each.head.code: each.head for each in explained.criteria}
    _print_peers(explained, heads)
    _print_goals(explained.goals, heads)
    _print_policies(explained, heads)


def _cell_words(cell: SourceCell) -> str:
    told = "" if cell.value is None else f" ({number(cell.value, 4)})"
    return f"{cell.file} {cell.address}{told}"


def _reason_words(score: CriterionScore) -> str:
    if score.treated is not None:
        return f"{score.reason}: outlier, counted as {number(score.treated, 4)}"
    return score.reason if score.policy is None else f"{score.reason}: {score.policy}"


def _explained_row(criterion: Any) -> tuple[object, ...]:
    score = criterion.score
    cells = [cell for each in score.values for cell in (each.source, *each.more_sources) if cell]
    counted = [f"{each.records} records:" for each in score.values if each.records]
    return (
        localized(criterion.head.title, "en"),
        ", ".join(number(each.value, 4) for each in score.values),
        " ".join([*counted, ", ".join(map(_cell_words, cells))]),
        number(score.raw, 4),
        number(score.points, 4),
        number(score.weight, 4),
        number(score.contribution, 4),
        _reason_words(score),
    )


def _print_peers(explained: Explained, heads: dict[str, CriterionHead]) -> None:
    peers = explained.peers
    if peers is None or explained.total is None:
        return
    alike = ", ".join(f"{code} {value}" for code, value in peers.attributes) or "everybody"
    click.echo(
        f"\nPeers: {peers.count} ranked alike in {alike}; median total {number(peers.total, 4)}"
        if peers.attributes
        else f"\nPeers: all {peers.count} ranked; median total {number(peers.total, 4)}"
    )
    rows = (
        (_words(each.code, heads), number(each.raw, 4), number(each.points, 4))
        for each in peers.medians
    )
    print_table(("criterion", "#median raw", "#median points"), rows)
    for trait in explained.traits:
        kind = "Strength" if trait.lead > 0 else "Weakness"
        against = "against peers" if trait.basis == "peers" else "against its own total"
        click.echo(f"{kind}: {_words(trait.code, heads)} ({trait.lead:+.2f} {against})")


def _print_goals(goals: tuple[Goal, ...], heads: dict[str, CriterionHead]) -> None:
    for goal in goals:
        named = "To rise one place"
        if goal.words is not None:
            named = f"To the next step of {localized(goal.words, 'en')!r}"
        if goal.why_not:
            click.echo(f"\n{named}: nothing, {_WHY_NOT[goal.why_not]}")
            continue
        click.echo(f"\n{named}, any one of these:")
        aims = [localized(each, "en") for each in goal.aims] or [""] * len(goal.lifts)
        rows = (
            (
                localized(lift.words, "en"),
                f"{lift.by:+,.10g}",
                f"{lift.to:,.10g}",
                lift.unit,
                ", ".join(_words(each, heads) for each in lift.criteria),
                number(lift.total, 4),
                lift.place,
                aim,
            )
            for lift, aim in zip(goal.lifts, aims, strict=True)
        )
        columns = ("figure", "#change", "#to", "unit", "raises", "#total", "#place", "title")
        print_table(columns, rows)


def _print_policies(explained: Explained, heads: dict[str, CriterionHead]) -> None:
    if not explained.policies:
        return
    click.echo("\nWhat an absent value would mean under each policy, for everybody alike:")
    rows = (
        (
            _words(each.criterion, heads),
            each.policy + (" (in force)" if each.in_force else ""),
            "-" if each.place is None else each.place,
            "-" if each.lower is None else f"{each.lower:+}",
            number(each.total, 4),
        )
        for each in explained.policies
    )
    print_table(("criterion", "policy", "#place", "#lower", "#total"), rows)


def _words(code: str, heads: dict[str, CriterionHead]) -> str:
    return localized(heads[code].title, "en")


def _print_difference(found: RunDifference, *, detailed: bool) -> None:
    click.echo(f"From {found.before[:12]} ({found.editions[0]})")
    click.echo(f"  to {found.after[:12]} ({found.editions[1]})")
    for each in found.changed:
        click.echo(f"  {each.what}: {_short(each.before)} -> {_short(each.after)}")
    told = asdict(found.counts)
    click.echo(", ".join(f"{count} {what}" for what, count in told.items()))
    print_table(
        ("criterion", "#mean difference", "#mean size", "candidates by cause"),
        map(_movement_row, found.criteria),
    )
    for title, moved in (("Moved", found.moved), ("Entered", found.entered), ("Left", found.left)):
        _print_moved(title, moved, detailed=detailed)
    for title, strangers in (("New", found.new), ("Gone", found.gone)):
        _print_strangers(title, strangers)


def _short(value: object) -> str:
    text = "none" if value is None else str(value)
    return text if len(text) <= 40 else f"{text[:37]}..."


def _movement_row(each: CriterionMovement) -> tuple[object, ...]:
    causes = ", ".join(f"{count} {_CAUSES[cause]}" for cause, count in each.causes)
    size = number(each.mean_size, 4)
    return localized(each.words, "en"), f"{each.mean:+,.4f}", size, causes or "none"


def _print_moved(title: str, moved: tuple[Moved, ...], *, detailed: bool) -> None:
    if not moved:
        return
    click.echo(f"\n{title}:")
    columns = ("#before", "#after", "id", "candidate", "#total before", "#total after", "through")
    print_table(columns, map(_moved_row, moved))
    for each in moved if detailed else ():
        click.echo(f"\n{each.name} ({each.id})")
        parts = ("criterion", "#before", "#after", "#difference", "cause", "values")
        print_table(parts, map(_share_row, each.shares))


def _moved_row(each: Moved) -> tuple[object, ...]:
    return (
        each.place[0] or each.standing[0],
        each.place[1] or each.standing[1],
        each.id,
        each.name,
        number(each.total[0], 4),
        number(each.total[1], 4),
        _through(each),
    )


def _through(each: Moved) -> str:
    if each.gates:
        return "; ".join(f"gate {code}: {old} -> {new}" for code, old, new in each.gates)
    if each.through is None:
        return "others" if None not in each.place else "absent values"
    share = next(one for one in each.shares if one.criterion == each.through)
    values = "; ".join(_value_words(share))
    cause = _CAUSES[share.cause] + (f": {values}" if values else "")
    return f"{localized(share.words, 'en')} {share.difference:+.4f} ({cause})"


def _value_words(share: Share) -> Iterator[str]:
    for each in share.values:
        yield f"{each.indicator} {number(each.before, 4)} -> {number(each.after, 4)}"


def _share_row(share: Share) -> tuple[object, ...]:
    return (
        localized(share.words, "en"),
        number(share.contribution[0], 4),
        number(share.contribution[1], 4),
        f"{share.difference:+,.4f}",
        _CAUSES[share.cause] + (f" ({share.source})" if share.source else ""),
        "; ".join(_value_words(share)),
    )


def _print_strangers(title: str, strangers: tuple[Stranger, ...]) -> None:
    if strangers:
        click.echo(f"\n{title}:")
        rows = ((each.place, each.id, each.name, number(each.total, 4)) for each in strangers)
        print_table(("#place", "id", "candidate", "#total"), rows)
