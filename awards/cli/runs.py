"""`awards run`: evaluate, show, hand over and verify."""

import zipfile
import zlib
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from awards.cli.advice import make, robustness, what_if
from awards.cli.explaining import diff, explain, sealed_run
from awards.cli.instance import Instance, act_of, by_option, json_option, with_instance
from awards.cli.outputs import refuse_existing
from awards.cli.printing import number, print_json, print_table
from awards.domain.errors import Altered, NotComparable, NotFound, Refused
from awards.domain.records import Run
from awards.services.audits import hand_over_bundle
from awards.services.explanation import summarize_run
from awards.services.lookup import category_of, split_address
from awards.services.rebuilding import REBUILD, verify_rebuilt
from awards.services.robustness import MOST_CANDIDATES
from awards.services.robustness_check import verify_robustness
from awards.services.runs import evaluate_category
from awards.services.sealed import (
    HISTORY_FILE,
    RUN_FILES,
    SNAPSHOT_FILES,
    SealedRun,
    read_unpacked,
)
from awards.services.snapshots import take_snapshot
from awards.services.verification import Verification, verify_run

_SHOWN = 10
_MOST_UNPACKED = 2_000_000_000


@click.group()
def run() -> None:
    """Runs: sealed evaluations of a category over a snapshot."""


run.add_command(robustness)
run.add_command(what_if)
run.add_command(explain)
run.add_command(diff)


@run.command()
@click.argument("address", metavar="EDITION/CATEGORY")
@click.option(
    "--robustness/--no-robustness",
    "varied",
    default=True,
    help="Say how firm places are, unless there are very many candidates.",
)
@click.option(
    "--engine",
    type=click.Choice(("polars", "spark")),
    help="Where rows are worked on; else on Spark if config.toml names one. Results are the same.",
)
@by_option
@json_option
@with_instance
def start(
    instance: Instance,
    *,
    address: str,
    varied: bool,
    engine: str | None,
    by: str | None,
    as_json: bool,
) -> None:
    """Lock the data now in force and evaluate the category over it."""
    code, category = split_address(address)
    act = act_of(by)
    compute = instance.compute_on(engine)
    if compute is instance.compute:
        instance.compute.warm()
    with instance.database.reading() as records:
        edition = records.editions.get(code)
    definition = category_of(edition, category)
    snapshot = take_snapshot(
        instance.stores, edition, kind=definition.kind, rulebook=instance.rulebook, act=act
    )
    sealed = evaluate_category(
        instance.stores,
        edition,
        category=category,
        snapshot=snapshot,
        rulebook=instance.rulebook,
        act=act,
        compute=compute,
    )
    made = _varied(instance, sealed, by) if varied else None
    if as_json:
        said = {"run": sealed.seal, "result": sealed.result_digest, "snapshot": snapshot.id}
        print_json(said | {"robustness": made})
    else:
        click.echo(f"Sealed run {sealed.seal}")
        if made is not None:
            click.echo(f"Sealed robustness {made}")


def _varied(instance: Instance, found: Run, by: str | None) -> str | None:
    """The seal of how firm the places of a run are; None where that is not said."""
    sealed = sealed_run(instance, found.seal)
    if not 0 < sealed.manifest["result"]["ranked"] <= MOST_CANDIDATES:
        return None
    try:
        return make(instance, found, by=by)
    except Refused as error:
        click.echo(f"No robustness: {error}", err=True)
        return None


@run.command()
@click.argument("seal", metavar="RUN")
@json_option
@with_instance
def show(instance: Instance, *, seal: str, as_json: bool) -> None:
    """Show what a run was made of and how it came out. RUN: the beginning of its seal."""
    sealed = sealed_run(instance, seal)
    if as_json:
        print_json(sealed.manifest)
        return
    summary = summarize_run(sealed, rulebook=instance.rulebook)
    click.echo(f"Run {sealed.seal}\nResult {sealed.manifest['result']['digest']}")
    click.echo(
        f"{summary.population} candidates: {summary.ranked} ranked, {summary.ineligible} not "
        f"eligible, {summary.not_assessable} not assessable"
    )
    rows = ((one.place, one.id, one.name, number(one.total, 4), one.title) for one in summary.first)
    print_table(("#place", "id", "candidate", "#total", "title"), rows)


@run.command()
@click.argument("seal", metavar="RUN")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The ZIP file to write.",
)
@click.option("--for", "receiver", required=True, help="Who receives it; the ledger keeps it.")
@by_option
@with_instance
def bundle(instance: Instance, *, seal: str, output: Path, receiver: str, by: str | None) -> None:
    """Write the auditor's bundle of a run, with all its data: not for the public."""
    refuse_existing(output)
    sealed = sealed_run(instance, seal)
    hand_over_bundle(
        instance.stores,
        sealed,
        receiver=receiver,
        output=output,
        rulebook=instance.rulebook,
        act=act_of(by),
    )
    click.echo(f"Wrote {output}: everything about run {sealed.seal}.")
    click.echo(f"Handed to {receiver}: the ledger keeps that. It is not for the public.")


@run.command()
@click.argument("target", metavar="RUN|BUNDLE.zip")
@click.option("--seal", help="The seal that the bundle must have, as published or printed.")
@click.option("--rebuild", is_flag=True, help="Run the plugins in the bundle, not those installed.")
@json_option
@with_instance
def verify(
    instance: Instance, *, target: str, seal: str | None, rebuild: bool, as_json: bool
) -> None:
    """Compute a run again: same (exit 0), altered (3) or not comparable (4).

    Give the beginning of a seal, of a run or of its robustness, or a bundle that you
    downloaded with the seal that was published; a bundle needs no database. --rebuild
    runs code that the bundle holds, once it was found to be what the seal names.
    """
    if rebuild and seal is None:
        raise click.UsageError("--rebuild takes a bundle, with its --seal.")
    if not target.casefold().endswith(".zip"):
        with instance.database.reading() as records:
            record = records.robustness.find(target)
        if record is not None:
            again = verify_robustness(instance.stores, record, rulebook=instance.rulebook)
            _answer(again, as_json)
            return
        _verify(instance, sealed_run(instance, target), as_json)
        return
    if seal is None:
        raise click.UsageError("A bundle is checked against a seal: give --seal.")
    with TemporaryDirectory() as folder:
        sealed = _unpacked(Path(target), Path(folder), seal)
        if rebuild:
            limits = instance.settings.runs
            _answer(verify_rebuilt(sealed, Path(folder), limits=limits), as_json)
        else:
            _verify(instance, sealed, as_json)


def _verify(instance: Instance, sealed: SealedRun, as_json: bool) -> None:
    verified = verify_run(sealed, rulebook=instance.rulebook, compute=instance.compute)
    _answer(verified, as_json)


def _unpacked(bundle: Path, folder: Path, seal: str) -> SealedRun:
    try:
        with zipfile.ZipFile(bundle) as archive:
            wanted = [name for name in archive.namelist() if _is_needed(name)]
            if sum(archive.getinfo(name).file_size for name in wanted) > _MOST_UNPACKED:
                raise Refused(f"{bundle.name} is larger than any bundle. Nothing was unpacked.")
            for name in wanted:
                archive.extract(name, folder)
    except FileNotFoundError as error:
        raise NotFound(f"There is no file {bundle}.") from error
    # RuntimeError says that it is encrypted, or packed in a way that nobody knows.
    except (OSError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as error:
        raise Altered(f"{bundle.name} cannot be read: {error}. Download it again.") from error
    return read_unpacked(folder, seal=seal.lower())


def _is_needed(name: str) -> bool:
    known = name in (*RUN_FILES, HISTORY_FILE, *SNAPSHOT_FILES, REBUILD)
    return known or name.startswith(("plugins/", "records/"))


def _answer(verification: Verification, as_json: bool) -> None:
    if as_json:
        print_json(asdict(verification))
    else:
        _print_answer(verification)
    if verification.answer == "altered":
        raise Altered(
            f"Run {verification.seal[:12]} was altered: with the same rules and versions "
            f"{verification.differing} cells come out otherwise."
        )
    if verification.answer == "not_comparable":
        names = ", ".join(name for name, _, _ in verification.versions)
        raise NotComparable(
            f"Run {verification.seal[:12]} cannot be compared: {names} differ, and so do "
            f"{verification.differing} cells. Rebuild the environment that its bundle names."
        )


def _print_answer(verification: Verification) -> None:
    if verification.answer == "same":
        click.echo(f"Same: computed again to {verification.digest}")
    if verification.versions:
        print_table(("what differs", "then", "now"), verification.versions)
    if verification.differences:
        columns = ("candidate", "column", "sealed", "now")
        rows = verification.differences[:_SHOWN]
        print_table(
            columns, ((each.candidate, each.column, each.sealed, each.now) for each in rows)
        )
