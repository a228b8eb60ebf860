import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.domain.canonical import canonical_json
from awards.domain.ledger import (
    BODY_LIMIT,
    GENESIS,
    ChainFault,
    LedgerEntry,
    entry_hash,
    make_body,
    next_entry,
    verify_chain,
)
from awards.domain.records import Event
from awards.services.ledger_exports import SHIPPED

NOON = datetime(2026, 3, 1, 12, 0, 0, 250, tzinfo=UTC)
EVENT = Event(actor="Ketua Panitia", action="decided", subject="ipm-2024", detail={"place": 1})


def chain(count: int, *, log: str = "log", word: str = "decided") -> list[LedgerEntry]:
    def follow(last: LedgerEntry, number: int) -> LedgerEntry:
        event = Event(actor="Ketua Panitia", action=word, subject=f"kategori é {number}")
        return next_entry(event, after=last, at=NOON, new_log="unused")

    first = next_entry(EVENT, after=None, at=NOON, new_log=log)
    return list(accumulate(range(count - 1), follow, initial=first))


def rewritten(entry: LedgerEntry, body: bytes) -> LedgerEntry:
    """The entry with another body and the hash that goes with it."""
    return replace(entry, body=body, hash=entry_hash(entry.seq, entry.prev_hash, body))


def test_the_body_is_canonical_json_with_the_time_in_utc() -> None:
    noon_in_jakarta = datetime(2026, 3, 1, 12, tzinfo=timezone(timedelta(hours=7)))
    body = make_body(EVENT, log="ab", seq=7, at=noon_in_jakarta)
    assert body == (
        b'{"action":"decided","actor":"Ketua Panitia","at":"2026-03-01T05:00:00.000000Z",'
        b'"detail":{"place":1},"log":"ab","seq":7,"subject":"ipm-2024","v":1}'
    )


def test_the_hash_covers_tag_number_previous_hash_and_body() -> None:
    stated = b"award-audit-v1\x00" + bytes([0, 0, 0, 0, 0, 0, 1, 2]) + b"p" * 32 + b"{}"
    assert entry_hash(258, b"p" * 32, b"{}") == sha256(stated).digest()


def test_an_entry_gives_back_what_was_recorded() -> None:
    entry = next_entry(EVENT, after=None, at=NOON, new_log="ab")
    assert (entry.seq, entry.prev_hash, entry.log, entry.at, entry.event) == (
        1,
        GENESIS,
        "ab",
        NOON,
        EVENT,
    )
    assert entry.head == (1, entry.hash)


def test_a_later_entry_follows_and_keeps_the_log() -> None:
    first, second = chain(2)
    assert (second.seq, second.prev_hash, second.log) == (2, first.hash, "log")


def test_composed_and_decomposed_text_give_the_same_body() -> None:
    one, other = (replace_detail({"name": text}) for text in ("Kab. Pati é", "Kab. Pati e\u0301"))
    assert one == other


def replace_detail(detail: dict[str, object]) -> bytes:
    return make_body(replace(EVENT, detail=detail), log="ab", seq=1, at=NOON)


@pytest.mark.parametrize("number", [0.5, float("nan"), 2**53, -(2**53)])
def test_a_number_that_json_may_bend_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match="write numbers with fractions as text"):
        replace_detail({"nested": [{"value": number}]})


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a time zone"):
        make_body(EVENT, log="ab", seq=1, at=NOON.replace(tzinfo=None))


def test_an_event_with_a_file_in_it_is_refused() -> None:
    with pytest.raises(ValueError, match="put data in a file"):
        replace_detail({"text": "x" * BODY_LIMIT})


def test_a_sound_chain_without_checkpoint_is_not_called_proven() -> None:
    entries = chain(3)
    report = verify_chain(entries)
    assert (report.events, report.log, report.head, report.fault, report.proven_to) == (
        3,
        "log",
        entries[-1].head,
        None,
        None,
    )
    assert report.intact
    assert "not proven against a checkpoint" in report.words


def test_a_chain_is_proven_up_to_its_checkpoint_though_it_has_grown() -> None:
    entries = chain(5)
    report = verify_chain(entries, expected_head=entries[2].head)
    assert (report.intact, report.events, report.proven_to) == (True, 5, 3)
    assert report.words == "Proven: every event up to 3 is the one the checkpoint names."


def test_an_empty_ledger_proves_nothing() -> None:
    report = verify_chain([])
    assert (report.events, report.head, report.log, report.proven_to) == (0, None, None, None)
    assert report.words == "The ledger is empty: nothing is proven."


def test_an_empty_ledger_fails_a_checkpoint() -> None:
    report = verify_chain([], expected_head=(3, bytes(32)))
    assert report.fault == ChainFault(
        step=8,
        name="checkpoint",
        seq=1,
        reason="the checkpoint names event 3, the ledger ends at 0",
    )
    assert report.proven_to is None


def test_entries_after_the_first_fault_are_not_counted() -> None:
    entries = chain(5)
    report = verify_chain([*entries[:2], *entries[3:]])
    assert (report.events, report.head) == (2, entries[1].head)
    assert report.words.startswith("Altered: step 2 (sequence) fails at event 3")


def body_of(**changes: object) -> bytes:
    said = {
        "v": 1,
        "log": "log",
        "seq": 1,
        "at": "2026-03-01T12:00:00.000250Z",
        "actor": "a",
        "action": "b",
        "subject": "c",
        "detail": {},
    }
    return canonical_json({name: item for name, item in (said | changes).items() if item != "-"})


@pytest.mark.parametrize(
    ("body", "step"),
    [
        (b"", 1),
        (b"\xff", 1),
        (b"[]", 1),
        (b"[" * 10_000, 1),
        (body_of(actor="-"), 1),
        (body_of(more=1), 1),
        (body_of(v=2), 1),
        (body_of(actor=1), 1),
        (body_of(detail=[]), 1),
        (body_of(detail={"x": 0.5}), 1),
        (body_of(at="2026-03-01T12:00:00Z"), 1),
        (body_of(at="yesterday"), 1),
        (body_of(detail={"x": "x" * BODY_LIMIT}), 1),
        (body_of(detail={"x": 1}).replace(b'"x":1', b'"x":9007199254740993'), 1),
        (body_of(detail={"x": 1}).replace(b'"x":1', b'"x":NaN'), 1),
        (body_of(seq=2), 2),
        (body_of() + b" ", 4),
        (body_of(detail={"x": 1}).replace(b'"x":1', b'"x":1,"x":1'), 4),
        (body_of(actor="é").replace("é".encode(), "e\u0301".encode()), 4),
        (body_of(actor="é").replace("é".encode(), b"\\u00e9"), 4),
    ],
)
def test_a_body_that_breaks_the_format_fails_at_its_step(body: bytes, step: int) -> None:
    entry = LedgerEntry(seq=1, body=body, prev_hash=GENESIS, hash=entry_hash(1, GENESIS, body))
    fault = verify_chain([entry]).fault
    assert fault is not None
    assert (fault.step, fault.seq) == (step, 1)


@pytest.mark.parametrize("name", ["hash", "prev_hash"])
def test_a_hash_of_another_length_fails_the_format(name: str) -> None:
    (entry,) = chain(1)
    fault = verify_chain([replace(entry, **{name: b"short"})]).fault
    assert fault is not None
    assert (fault.step, fault.name, fault.reason) == (1, "format", "a hash is not 32 bytes long")


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
details = st.dictionaries(
    texts, st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts, max_size=4
)


@given(st.lists(st.builds(Event, actor=texts, action=texts, subject=texts, detail=details)))
def test_whatever_was_recorded_verifies(events: list[Event]) -> None:
    entries: list[LedgerEntry] = []
    for event in events:
        last = entries[-1] if entries else None
        entries.append(next_entry(event, after=last, at=NOON, new_log="ab"))
    assert verify_chain(entries).fault is None


@given(st.data())
def test_no_bit_of_a_body_can_change(data: st.DataObject) -> None:
    entries = chain(3)
    victim = data.draw(st.integers(0, 2))
    body = bytearray(entries[victim].body)
    bit = data.draw(st.integers(0, len(body) * 8 - 1))
    body[bit // 8] ^= 1 << bit % 8
    entries[victim] = replace(entries[victim], body=bytes(body))
    fault = verify_chain(entries).fault
    assert fault is not None
    assert fault.seq == victim + 1


def test_a_rewritten_entry_breaks_the_one_after() -> None:
    entries = chain(3)
    said = json.loads(entries[1].body) | {"actor": "another"}
    entries[1] = rewritten(entries[1], canonical_json(said))
    fault = verify_chain(entries).fault
    assert fault is not None
    assert (fault.step, fault.seq) == (3, 3)


def test_the_example_in_the_specification_holds() -> None:
    page = SHIPPED / "SPEC.md"
    example = page.read_text("utf-8").partition("## An example")[2].split("```")[1].strip()
    one, one_hash, two, two_hash = example.splitlines()
    entries = [
        LedgerEntry(seq=1, body=one.encode(), prev_hash=GENESIS, hash=bytes.fromhex(one_hash)),
        LedgerEntry(
            seq=2,
            body=two.encode(),
            prev_hash=bytes.fromhex(one_hash),
            hash=bytes.fromhex(two_hash),
        ),
    ]
    report = verify_chain(entries, expected_head=(2, bytes.fromhex(two_hash)))
    assert (report.fault, report.proven_to) == (None, 2)
    assert entries[1].event.detail == {"file": "Kab. é.xlsx", "rows": 38, "share": "29.84"}
