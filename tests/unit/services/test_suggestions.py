"""Which numbers are likely one firm."""

import csv
from pathlib import Path

import polars as pl
import pytest

from awards.domain.errors import NotFound
from awards.services.suggestions import plain_words, suggest
from tests.unit.services.senders import Senders

NIB, OTHER_NIB, THIRD_NIB = "9120001234567", "9120007654321", "9120001111111"
HEAD = ("id", "name", "region", "workers")


def suggested(senders: Senders, path: Path) -> list[tuple[str, ...]]:
    kind = senders.rulebook.kind("company")
    suggest(senders.stores, senders.firms, kind=kind, path=path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return [(row["scheme"], row["id"], row["candidate"], row["why"]) for row in rows]


@pytest.fixture
def sent(senders: Senders) -> Senders:
    senders.send(
        [
            HEAD,
            ("AA001", "PT. Maju Jaya, Tbk", "35.78", 40),
            ("AA002", "Jaya Maju", "35.78", 60),
            ("AA003", "PT Maju Jaya", "35.07", 3),
            ("BB001", "CV Sumber Rejeki", "35.07", 7),
        ]
    )
    senders.send(
        [
            ("NIB", "name", "region", "branches"),
            (NIB, "MAJU JAYA (PERSERO)", "35.78", 1),
            (OTHER_NIB, "sumber-rejeki", None, 2),
            (THIRD_NIB, "Tidak Dikenal", "35.07", 2),
        ],
        part="oss",
        scheme="NIB",
    )
    return senders


SAME, UNPLACED = "same name, same region", "same name"


def test_alike_names_in_one_region_are_suggested_and_others_are_not(
    sent: Senders, tmp_path: Path
) -> None:
    assert suggested(sent, tmp_path / "s.csv") == [
        ("NIB", NIB, "AA001", SAME),
        ("NIB", NIB, "AA002", SAME),
        ("NIB", OTHER_NIB, "BB001", UNPLACED),
        ("NPP", "AA002", "AA001", SAME),
    ]


def test_what_is_joined_already_is_not_suggested_again(sent: Senders, tmp_path: Path) -> None:
    sent.join(("NPP", "AA002", "AA001"), ("NIB", NIB, "AA001"))
    assert suggested(sent, tmp_path / "s.csv") == [("NIB", OTHER_NIB, "BB001", UNPLACED)]


def test_an_edition_without_data_has_nothing_to_suggest(senders: Senders, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="has no data for 'company' yet"):
        suggested(senders, tmp_path / "s.csv")


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("PT Maju Jaya Tbk.", "jaya maju"),
        ("P.T. MAJU-JAYA", "jaya maju"),
        ("CV. Tbk", ""),
        ("Toko Ptolemeus", "ptolemeus toko"),
    ],
)
def test_legal_forms_case_punctuation_and_order_do_not_count(name: str, plain: str) -> None:
    assert pl.select(plain_words(pl.lit(name))).item() == plain
