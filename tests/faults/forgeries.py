"""What somebody with all rights over the database does to a ledger."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, text

from tests.unit.storage.second_verifier import Row, Verdict

EVENTS = 7
"""What a ledger under attack holds; of the last two its old backup knows nothing."""

UNSEEN = "not proven"


@dataclass(frozen=True)
class Stolen:
    """What a forger has at hand besides the ledger: a backup of it, and another ledger."""

    backup: Sequence[Row]
    other: Sequence[Row]


Act = Callable[[list[Row], Stolen], list[Row]]


@dataclass(frozen=True)
class Forgery:
    """``alone`` and ``with_checkpoint`` are (step, first bad number), or "not proven"."""

    act: Act
    alone: Verdict
    with_checkpoint: Verdict


def hashed(seq: int, prev: bytes, body: bytes) -> bytes:
    return hashlib.sha256(b"award-audit-v1\0" + seq.to_bytes(8, "big") + prev + body).digest()


def changed(rows: list[Row], seq: int, old: str, new: str) -> list[Row]:
    body = rows[seq - 1][1]
    assert old.encode() in body
    _, _, prev, own = rows[seq - 1]
    forged = (seq, body.replace(old.encode(), new.encode()), prev, own)
    return [*rows[: seq - 1], forged, *rows[seq:]]


def change_body(rows: list[Row], _stolen: Stolen) -> list[Row]:
    return changed(rows, 3, '"place":2', '"place":1')


def change_time(rows: list[Row], _stolen: Stolen) -> list[Row]:
    return changed(rows, 3, "2026-03-01", "2026-02-01")


def change_actor(rows: list[Row], _stolen: Stolen) -> list[Row]:
    return changed(rows, 3, "Ketua Panitia", "Sekretaris Panitia")


def change_seq(rows: list[Row], _stolen: Stolen) -> list[Row]:
    return [*rows[:-1], (EVENTS + 1, *rows[-1][1:])]


def swap(rows: list[Row], _stolen: Stolen) -> list[Row]:
    third, fourth = rows[2:4]
    return [*rows[:2], (3, *fourth[1:]), (4, *third[1:]), *rows[4:]]


def delete_middle(rows: list[Row], _stolen: Stolen) -> list[Row]:
    return [*rows[:2], *rows[3:]]


def delete_tail(rows: list[Row], _stolen: Stolen) -> list[Row]:
    return rows[:5]


def insert(rows: list[Row], _stolen: Stolen) -> list[Row]:
    """Put a well-made event in the fourth place and move the others up."""
    third = rows[2]
    body = third[1].replace(b'"seq":3', b'"seq":4')
    made = (4, body, third[3], hashed(4, third[3], body))
    moved = [(row[0] + 1, *row[1:]) for row in rows[3:]]
    return [*rows[:3], made, *moved]


def duplicate(rows: list[Row], _stolen: Stolen) -> list[Row]:
    return [*rows, (EVENTS + 1, *rows[2][1:])]


def hash_anew(rows: list[Row], stolen: Stolen) -> list[Row]:
    prev, anew = bytes(32), list[Row]()
    for seq, body, _, _ in change_actor(rows, stolen):
        own = hashed(seq, prev, body)
        anew.append((seq, body, prev, own))
        prev = own
    return anew


def change_first(rows: list[Row], _stolen: Stolen) -> list[Row]:
    return changed(rows, 1, "Ketua Panitia", "Sekretaris Panitia")


def replace_one(rows: list[Row], _stolen: Stolen) -> list[Row]:
    """As ``INSERT OR REPLACE`` does: one event, with a hash that goes with it."""
    seq, body, prev, _ = changed(rows, 3, '"place":2', '"place":1')[2]
    return [*rows[:2], (seq, body, prev, hashed(seq, prev, body)), *rows[3:]]


def take_the_chain_of_another(_rows: list[Row], stolen: Stolen) -> list[Row]:
    return list(stolen.other)


def restore_a_backup(_rows: list[Row], stolen: Stolen) -> list[Row]:
    return list(stolen.backup)


FORGERIES = (
    Forgery(change_body, alone=(3, 3), with_checkpoint=(3, 3)),
    Forgery(change_time, alone=(3, 3), with_checkpoint=(3, 3)),
    Forgery(change_actor, alone=(3, 3), with_checkpoint=(3, 3)),
    Forgery(change_seq, alone=(2, 7), with_checkpoint=(2, 7)),
    Forgery(swap, alone=(2, 3), with_checkpoint=(2, 3)),
    Forgery(delete_middle, alone=(2, 3), with_checkpoint=(2, 3)),
    Forgery(delete_tail, alone=UNSEEN, with_checkpoint=(8, 6)),
    Forgery(insert, alone=(2, 5), with_checkpoint=(2, 5)),
    Forgery(duplicate, alone=(2, 8), with_checkpoint=(2, 8)),
    Forgery(hash_anew, alone=UNSEEN, with_checkpoint=(8, 7)),
    Forgery(change_first, alone=(3, 1), with_checkpoint=(3, 1)),
    Forgery(replace_one, alone=(3, 4), with_checkpoint=(3, 4)),
    Forgery(take_the_chain_of_another, alone=UNSEEN, with_checkpoint=(8, 7)),
    Forgery(restore_a_backup, alone=UNSEEN, with_checkpoint=(8, 6)),
)


def rebuild(connection: Connection, rows: Sequence[Row], *, keep_checkpoints: bool) -> None:
    """Put *rows* in the ledger's place, in a table without triggers and constraints; and
    take the stored checkpoints away unless they are kept."""
    binary = "BYTEA" if connection.dialect.name == "postgresql" else "BLOB"
    cascade = " CASCADE" if connection.dialect.name == "postgresql" else ""
    connection.execute(text(f"DROP TABLE ledger{cascade}"))
    columns = f"seq BIGINT, body {binary}, prev_hash {binary}, hash {binary}"
    connection.execute(text(f"CREATE TABLE ledger ({columns})"))
    statement = text("INSERT INTO ledger VALUES (:seq, :body, :prev, :own)")
    for seq, body, prev, own in rows:
        row = {"seq": seq, "body": body, "prev": prev, "own": own}
        connection.execute(statement, row)
    if not keep_checkpoints:
        notes = "ledger_checkpoint" if cascade else ""
        connection.execute(
            text(f"DROP TRIGGER ledger_checkpoint_no_update ON {notes}")
            if notes
            else text("DROP TRIGGER ledger_checkpoint_no_delete")
        )
        connection.execute(text("DELETE FROM ledger_checkpoint"))
