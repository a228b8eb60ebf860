"""`awards run robustness` and `awards run what-if`: advice beside a run."""

from collections.abc import Iterable
from typing import Any, cast, get_args

import click
import polars as pl

from awards.cli.instance import Instance, act_of, by_option, json_option, with_instance
from awards.cli.printing import number, print_json, print_table
from awards.domain.definition import MissingPolicy, Use
from awards.domain.records import Run
from awards.evaluation.what_if import Changes
from awards.services.robustness import (
    DRAWS,
    MOST_DRAWS,
    Firmness,
    SealedRobustness,
    firmness_rows,
    make_robustness,
    robustness_of,
)
from awards.services.what_if import Answer, Questions, keep_what_if

_SHOWN = 20


@click.command()
@click.argument("seal", metavar="RUN")
@click.option(
    "--draws",
    type=click.IntRange(1, MOST_DRAWS),
    help=f"Vary anew, so many times; else what was made is shown, or {DRAWS} draws are made.",
)
@by_option
@json_option
@with_instance
def robustness(
    instance: Instance, *, seal: str, draws: int | None, by: str | None, as_json: bool
) -> None:
    """Show how firm the places of a run are: weights and scales are varied, not facts."""
    found = _run(instance, seal)
    kept = robustness_of(instance.stores, found.seal) if draws is None else None
    if kept is None:
        make(instance, found, draws=draws or DRAWS, by=by)
        kept = robustness_of(instance.stores, found.seal)
    assert kept is not None
    if as_json:
        print_json({"robustness": kept.seal, **kept.manifest, "first": _first(kept)})
    else:
        _print_robustness(kept)


def make(instance: Instance, run: Run, *, draws: int = DRAWS, by: str | None) -> str:
    """Vary around *run* by the rules of its edition; the seal of what was made."""
    with instance.database.reading() as records:
        edition = records.editions.get(run.edition)
    record = make_robustness(
        instance.stores,
        run,
        rules=edition.definition.robustness,
        rulebook=instance.rulebook,
        draws=draws,
        act=act_of(by),
    )
    return record.seal


def _run(instance: Instance, seal: str) -> Run:
    with instance.database.reading() as records:
        return records.runs.get(seal)


def _first(kept: SealedRobustness) -> list[dict[str, Any]]:
    return kept.table.sort("place", "id").head(_SHOWN).collect().to_dicts()


def _print_robustness(kept: SealedRobustness) -> None:
    said = kept.manifest
    click.echo(f"Robustness {kept.seal} of run {said['run'][:12]}")
    click.echo(
        f"{said['draws']} draws around the declared weights (concentration "
        f"{number(said['concentration'], 0)}), {len(said['schemes'])} ways to scale and combine. "
        f"It varies {said['varies']}."
    )
    rows = kept.table.sort("place", "id").head(_SHOWN).collect()
    columns = ("#place", "id", "#median", "#5%", "#95%", "group", "#ahead of next", "swapped by")
    lines = zip(rows["id"], firmness_rows(kept, rows), strict=True)
    print_table(columns, (_line(candidate, firm) for candidate, firm in lines))
    for each in said["criteria"][:1]:
        click.echo(
            f"Without {each['criterion']} places move most: by {number(each['mean'], 1)} on the "
            f"average, {each['most']} at most."
        )


def _line(candidate: str, firm: Firmness) -> tuple[object, ...]:
    swap = None if firm.swap_weight is None else f"{firm.swap_node} = {number(firm.swap_weight, 4)}"
    low, high = firm.interval
    ahead = None if firm.ahead is None else f"{firm.ahead:.0%}"
    return firm.place, candidate, firm.median, low, high, firm.group, ahead, swap


def print_firmness(firm: Firmness) -> None:
    """What is said of one candidate, under its explanation."""
    low, high = firm.interval
    click.echo(
        f"Place {low} to {high} in 90% of {firm.draws} draws with other weights and scales "
        f"(not other facts); median {firm.median}"
    )
    click.echo(f"Better on every criterion than {firm.dominates}, worse than {firm.dominated}")
    for title, share in firm.chances:
        if share:
            click.echo(f"  {title} in {share:.1%} of draws")
    if firm.swap_weight is not None:
        click.echo(
            f"Level with the next place if the weight of {firm.swap_node} were "
            f"{number(firm.swap_weight, 4)}"
        )


def _pairs(
    _context: click.Context, _option: click.Parameter, said: Iterable[str]
) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in said:
        code, equals, value = each.partition("=")
        if not (code and equals and value):
            raise click.BadParameter(f"{each!r} is not of the form CODE=VALUE.")
        found[code] = value
    return found


@click.command("what-if")
@click.argument("seal", metavar="RUN")
@click.option("--weight", "weights", multiple=True, callback=_pairs, help="CODE=NUMBER.")
@click.option("--scale", "scales", multiple=True, callback=_pairs, help="CRITERION=SCALE.")
@click.option("--missing", multiple=True, callback=_pairs, help="CRITERION=POLICY.")
@click.option("--record", is_flag=True, help="Keep question and answer; it stays no result.")
@click.option("--reason", default="", help="Why it is kept.")
@by_option
@json_option
@with_instance
def what_if(
    instance: Instance,
    *,
    seal: str,
    record: bool,
    reason: str,
    by: str | None,
    as_json: bool,
    **said: dict[str, str],
) -> None:
    """Rank a run's candidates under other weights, scales or policies. Nothing changes."""
    found = _run(instance, seal)
    answer = Questions(instance.stores, instance.rulebook).ask(found, _changes(**said))
    kept = None
    if record:
        kept = keep_what_if(instance.stores, answer, reason=reason, act=act_of(by)).id
    if as_json:
        print_json(_answer_data(answer, kept))
    else:
        _print_answer(answer, kept)


def _changes(weights: dict[str, str], scales: dict[str, str], missing: dict[str, str]) -> Changes:
    return Changes(
        weights={code: _weight(each) for code, each in weights.items()},
        scales={code: Use(code=each) for code, each in scales.items()},
        missing={code: _policy(each) for code, each in missing.items()},
    )


def _weight(text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise click.BadParameter(f"The weight {text!r} is no number.") from error


def _policy(text: str) -> MissingPolicy:
    known = get_args(MissingPolicy)
    if text not in known:
        raise click.BadParameter(f"{text!r} is no policy. Policies: {', '.join(known)}.")
    return cast(MissingPolicy, text)


def _answer_data(answer: Answer, kept: str | None) -> dict[str, Any]:
    return {
        "run": answer.run,
        "changes": answer.changes.data(),
        "is_result": False,
        "kept": kept,
        "moved": answer.moved().to_dicts(),
        "retitled": answer.retitled().to_dicts(),
    }


def _print_answer(answer: Answer, kept: str | None) -> None:
    moved = answer.moved()
    click.echo(f"What if, not a result: {moved.height} of {answer.table.height} places change.")
    first = answer.table.filter(pl.col("place") <= _SHOWN).sort("place", "id")
    columns = ("#place", "#before", "id", "#total", "title", "title before")
    wanted = ("place", "before", "id", "total", "title", "title_before")
    rows = first.select(wanted).iter_rows()
    print_table(
        columns,
        (
            (place, before, one, number(total, 4), *rest)
            for place, before, one, total, *rest in rows
        ),
    )
    if kept is not None:
        click.echo(f"Kept as {kept}. Nothing can be decided on its strength.")
