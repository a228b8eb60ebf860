"""Publish an edition: prepare what the public may see, then switch it in at once."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import polars as pl
from pydantic import TypeAdapter

from awards.domain.errors import NotFound, Refused
from awards.domain.published import PublishedCategory, PublishedEdition, PublishedRobustness
from awards.domain.records import Decision, Edition, Event, Publication
from awards.domain.stages import Stage
from awards.sdk.rulebook import RuleBook
from awards.services.bundles import write_bundle
from awards.services.disclosure import Disclosed, disclose
from awards.services.exports import write_exports
from awards.services.heads import describe_category
from awards.services.published_lifts import write_explained
from awards.services.robustness import SealedRobustness, robustness_of
from awards.services.rule_notices import rule_notices
from awards.services.sealed import read_run
from awards.services.stages import advance
from awards.services.stores import Act, Stores
from awards.storage.digests import write_digests
from awards.storage.listings import INTERVAL, read_listing, write_listing
from awards.storage.records import Records

_EDITION = TypeAdapter(PublishedEdition)


def publish(stores: Stores, edition: Edition, *, rulebook: RuleBook, act: Act) -> Publication:
    """Prepare the edition's public data and make it what visitors see.

    Everything is computed and written first; one transaction then switches it in
    and records it. Raises `NotFound`, naming the category, when one has no
    decision yet, and `Refused` when one is decided anew meanwhile; visitors then
    see what they saw before.
    """
    with stores.database.reading() as records:
        decisions = _decisions(records, edition)
    with stores.archive.workspace() as prepared:
        folder = prepared / "public"
        folder.mkdir()
        categories = tuple(
            _prepare(stores, edition, decision, rulebook=rulebook, folder=folder / code)
            for code, decision in decisions.items()
        )
        described = _describe(edition, categories, act)
        (folder / "edition.json").write_bytes(_EDITION.dump_json(described))
        digest = write_digests(folder)
        stores.archive.adopt_folder(folder, stores.archive.public(digest))
    return _switch(stores, edition, digest, decisions, act)


def _decisions(records: Records, edition: Edition) -> Mapping[str, Decision]:
    found: dict[str, Decision] = {}
    for category in edition.definition.categories:
        decision = records.decisions.latest(edition.code, category.code)
        if decision is None:
            raise NotFound(
                f"Category {edition.code}/{category.code} is not decided yet, so the edition "
                f"cannot be published. Decide: awards decide {edition.code}/{category.code}"
            )
        found[category.code] = decision
    return found


def _prepare(
    stores: Stores, edition: Edition, decision: Decision, *, rulebook: RuleBook, folder: Path
) -> PublishedCategory:
    folder.mkdir()
    with stores.database.reading() as records:
        run = records.runs.get(decision.seal)
    sealed = read_run(stores, run)
    level = edition.definition.disclosure
    kind = rulebook.kind(sealed.definition.kind)
    shown = disclose(
        sealed.tables, sealed.definition, level=level, decision=decision, rulebook=rulebook
    )
    firm = robustness_of(stores, run.seal) if edition.definition.robustness.public else None
    values = shown.values if firm is None else _with_intervals(shown, firm)
    write_listing(shown.listed, values, folder)
    listed, everything = read_listing(folder), level == "open"
    category = describe_category(
        sealed, decision=decision, listed=listed, rulebook=rulebook, everything=everything
    )
    notices = rule_notices(stores, edition, sealed, rulebook=rulebook, everything=everything)
    category = replace(category, rule_changes=notices)
    (folder / "parts.json").write_text(json.dumps(sealed.snapshot["parts"]), "utf-8")
    write_explained(sealed, listed, level=level, rulebook=rulebook, folder=folder)
    write_exports(category, folder=folder)
    shutil.copyfile(stores.archive.run_manifest(run.seal), folder / "manifest.json")
    write_bundle(
        stores, sealed, rulebook=rulebook, everything=everything, path=folder / "bundle.zip"
    )
    if kind.geometry is not None:
        shutil.copyfile(kind.geometry, folder / "geometry.json")
    return replace(category, robustness=_told(firm))


def _with_intervals(shown: Disclosed, firm: SealedRobustness) -> pl.LazyFrame:
    """The values that are *shown* with the ends of each interval: for nobody else."""
    low, high = INTERVAL
    ends = firm.table.select("id", pl.col("low").alias(low), pl.col("high").alias(high))
    placed = shown.listed.select("position", "id").join(ends, on="id").drop("id")
    return shown.values.join(placed, on="position", how="left", maintain_order="left")


def _told(firm: SealedRobustness | None) -> PublishedRobustness | None:
    if firm is None:
        return None
    return PublishedRobustness(seal=firm.seal, draws=firm.manifest["draws"])


def _describe(
    edition: Edition, categories: tuple[PublishedCategory, ...], act: Act
) -> PublishedEdition:
    definition = edition.definition
    return PublishedEdition(
        code=edition.code,
        label=definition.label,
        title=definition.title,
        program=edition.program,
        program_title=edition.program_title,
        period_start=definition.period_start,
        period_end=definition.period_end,
        time_zone=definition.time_zone,
        disclosure=definition.disclosure,
        notice=definition.notice,
        sources=definition.sources,
        published_at=act.at,
        digest="",
        ledger=None,
        categories=categories,
    )


def _switch(
    stores: Stores, edition: Edition, digest: str, prepared: Mapping[str, Decision], act: Act
) -> Publication:
    detail: dict[str, object] = {"digest": digest, "disclosure": edition.definition.disclosure}
    with stores.database.transaction() as records:
        if _decisions(records, edition) != prepared:
            raise Refused(
                f"A category of {edition.code} was decided anew while it was being published. "
                "Visitors see what they saw before; publish again."
            )
        advance(records, edition.code, Stage.PUBLISHED, act)
        event = Event(actor=act.by, action="edition.published", subject=edition.code, detail=detail)
        entry = records.ledger.append(event, at=act.at)
        publication = Publication(
            edition=edition.code,
            digest=digest,
            published_at=act.at,
            ledger_seq=entry.seq,
            ledger_hash=entry.hash.hex(),
        )
        records.publications.put(publication)
    return publication
