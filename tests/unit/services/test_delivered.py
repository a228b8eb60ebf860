"""Records of candidates: put together, counted, claimed by several, sealed and bundled."""

import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from awards.domain.errors import Altered
from awards.evaluation.errors import PartsDisagree
from awards.services.bundles import write_bundle
from awards.services.claims import Claim
from awards.services.delivered import RecordsOfNobody
from awards.services.sealed import read_unpacked
from awards.services.verification import verify_run
from tests.unit.services.senders import Senders

HEAD = ("id", "workers", "active")
PARTNERS = ("id", "partner_id", "partner_name")
SCORES = ("id", "juror", "item", "score")
TALLIED = ("id", "partners_all", "covered_partners", "understanding")


def firms(senders: Senders) -> Senders:
    senders.send([HEAD, ("AA001", 40, 30), ("BB001", 7, 7), ("CC001", 5, 4)])
    return senders


def tallied(senders: Senders) -> list[tuple[Any, ...]]:
    path = senders.stores.archive.snapshot_table(senders.lock().id)
    return pl.read_parquet(path).select(TALLIED).rows()


def claimed(senders: Senders) -> Senders:
    """CC001 is a partner of both AA001 and BB001."""
    rows = [
        PARTNERS,
        ("AA001", "CC001", "UD Mitra"),
        ("AA001", "ZZ999", "Warung Baru"),
        ("AA001", None, "Lapak Tanpa NPP"),
        ("BB001", "CC001", "Mitra UD"),
    ]
    firms(senders).send(rows, part="binaan", records="partners")
    return senders


def test_partners_are_counted_and_matched_with_the_register(senders: Senders) -> None:
    assert tallied(claimed(senders)) == [
        ("AA001", 3, 1, None),
        ("BB001", 1, 1, None),
        ("CC001", 0, 0, None),
    ]


def test_a_count_is_missing_where_no_records_were_delivered(senders: Senders) -> None:
    assert tallied(firms(senders)) == [
        ("AA001", None, None, None),
        ("BB001", None, None, None),
        ("CC001", None, None, None),
    ]


def test_a_partner_that_two_firms_claim_is_told_to_both(senders: Senders) -> None:
    sealed = claimed(senders)
    told = {each: sealed.explain(each).claims for each in ("AA001", "BB001", "CC001")}
    assert told == {
        "AA001": (Claim(record="partners", key=("CC001",), others=("BB001",), counted="each"),),
        "BB001": (Claim(record="partners", key=("CC001",), others=("AA001",), counted="each"),),
        "CC001": (),
    }


def with_rule(senders: Senders, rule: Any) -> Senders:
    """The same rules, but partners that are claimed twice count by *rule*."""
    book = senders.rulebook
    record = replace(book.record("partners"), claimed_twice=rule)

    def ruled(each: Any) -> Any:
        tally = each.tally and each.tally.record.code == "partners"
        return replace(each, tally=replace(each.tally, record=record)) if tally else each

    criteria = {
        code: replace(each, indicators=tuple(map(ruled, each.indicators)))
        for code, each in book.criteria.items()
    }
    records = {**book.records, "partners": record}
    return Senders(senders.root, replace(book, criteria=criteria, records=records))


def test_a_partner_that_two_firms_claim_counts_for_none_where_declared(senders: Senders) -> None:
    ruled = with_rule(claimed(senders), "none")
    assert [row[:3] for row in tallied(ruled)] == [
        ("AA001", 2, 0),
        ("BB001", 0, 0),
        ("CC001", 0, 0),
    ]
    assert [each.counted for each in ruled.explain("BB001").claims] == ["none"]


def test_claims_stop_the_snapshot_where_declared_with_both_sources(senders: Senders) -> None:
    ruled = with_rule(claimed(senders), "refuse")
    before = ruled.actions()
    with pytest.raises(PartsDisagree) as refused:
        ruled.lock()
    assert "CC001: AA001 in part 'binaan', binaan.xlsx row 2 and BB001 in part 'binaan'" in (
        str(refused.value)
    )
    assert ruled.actions() == before


def test_one_record_twice_for_one_candidate_is_refused_by_its_address(senders: Senders) -> None:
    rows = [PARTNERS, ("AA001", "CC001", "UD Mitra"), ("AA001", "CC001", "Mitra")]
    imported = firms(senders).send(rows, part="binaan", records="partners")
    found = [(each.address, each.code) for each in imported.inspection.refused]
    assert found == [("B2", "record-twice"), ("B3", "record-twice")]


def test_one_record_of_two_senders_is_refused_when_the_data_are_locked(senders: Senders) -> None:
    claimed(senders).send(
        [PARTNERS, ("AA002", "CC001", "UD Mitra")], part="cabang", records="partners"
    )
    senders.join(("NPP", "AA002", "AA001"))
    with pytest.raises(PartsDisagree, match=r"CC001: AA001 in part 'binaan'.* and AA001 in"):
        senders.lock()


def test_a_second_number_of_a_partner_is_the_same_partner(senders: Senders) -> None:
    firms(senders).send(
        [PARTNERS, ("AA001", "CC001", "UD Mitra"), ("BB001", "CC002", "UD Mitra")],
        part="binaan",
        records="partners",
    )
    senders.join(("NPP", "CC002", "CC001"))
    assert [each.others for each in senders.explain("AA001").claims] == [("BB001",)]


def test_absent_scores_are_not_zero(senders: Senders) -> None:
    rows = [
        SCORES,
        ("AA001", "Juri 1", "visi", 80),
        ("AA001", "Juri 2", "visi", None),
        ("BB001", "Juri 1", "visi", 0),
    ]
    firms(senders).send(rows, part="panel", records="panel-scores")
    assert [(row[0], row[3]) for row in tallied(senders)] == [
        ("AA001", 80.0),
        ("BB001", 0.0),
        ("CC001", None),
    ]


def test_a_score_out_of_bounds_is_refused_by_its_address(senders: Senders) -> None:
    rows = [SCORES, ("AA001", "Juri 1", "visi", 101), ("AA001", None, "misi", 50)]
    imported = firms(senders).send(rows, part="panel", records="panel-scores")
    found = [(each.address, each.code) for each in imported.inspection.refused]
    assert found == [("D2", "above-maximum"), ("B3", "required")]


def test_explanations_say_how_many_records_and_where_the_first_stand(senders: Senders) -> None:
    explained = claimed(senders).explain("AA001")
    [value] = [
        one
        for each in explained.criteria
        for one in each.score.values
        if one.code == "partners_all"
    ]
    cells = [(each.file, each.address) for each in value.more_sources]
    assert (value.value, value.records, value.source) == (3, 3, None)
    assert cells == [("binaan.xlsx", f"B{row}") for row in (2, 3, 4)]


def test_records_of_a_candidate_without_data_stop_the_snapshot(senders: Senders) -> None:
    firms(senders).send([PARTNERS, ("AA999", "CC001", "X")], part="binaan", records="partners")
    with pytest.raises(RecordsOfNobody, match=r"partners of 1 candidates .* such as AA999"):
        senders.lock()


def test_records_do_not_replace_the_part_of_the_same_name(senders: Senders) -> None:
    firms(senders).send([PARTNERS, ("AA001", "CC001", "X")], part="main", records="partners")
    assert [row[:2] for row in tallied(senders)] == [("AA001", 1), ("BB001", 0), ("CC001", 0)]


def test_the_bundle_carries_records_and_is_computed_again(senders: Senders, tmp_path: Path) -> None:
    sealed = claimed(senders).seal()
    bundle, folder = tmp_path / "bundle.zip", tmp_path / "unpacked"
    write_bundle(senders.stores, sealed, rulebook=senders.rulebook, everything=True, path=bundle)
    with zipfile.ZipFile(bundle) as archive:
        archive.extractall(folder)
    unpacked = read_unpacked(folder, seal=sealed.seal)
    assert verify_run(unpacked, rulebook=senders.rulebook).answer == "same"
    records = folder / "records" / "partners.parquet"
    pl.read_parquet(records).with_columns(claims=pl.lit(1, pl.Int32)).write_parquet(records)
    with pytest.raises(Altered, match=r"records/partners\.parquet"):
        verify_run(read_unpacked(folder, seal=sealed.seal), rulebook=senders.rulebook)


def test_altered_records_of_a_run_are_not_read(senders: Senders) -> None:
    run = claimed(senders).run()
    folder = senders.stores.archive.snapshot(run.snapshot)
    (folder / "more_cells.parquet").write_bytes(b"")
    with pytest.raises(Altered, match=r"more_cells\.parquet"):
        senders.sealed(run)
