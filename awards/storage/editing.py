"""What is in hand, within one open transaction."""

from dataclasses import fields
from typing import Any, cast

from sqlalchemy import CursorResult, delete, select, update
from sqlalchemy.orm import Session

from awards.domain.definition import EditionDefinition
from awards.domain.editing import Countersign, RulesDraft
from awards.domain.errors import EditConflict
from awards.storage.editing_models import CountersignRow, RulesDraftRow


class RulesDrafts:
    """Rules being edited: at most one draft for each person and edition."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, person: str, edition: str) -> RulesDraft | None:
        row = self._session.scalar(select(RulesDraftRow).where(*_whose(person, edition)))
        if row is None:
            return None
        return RulesDraft(
            person=row.person,
            edition=row.edition,
            based_on=row.based_on,
            definition=EditionDefinition.model_validate(row.definition),
            version=row.version,
        )

    def put(self, draft: RulesDraft) -> RulesDraft:
        """Keep *draft* as the version after its own.

        Raises `EditConflict` when the same person changed it in another window.
        """
        rules = draft.definition.model_dump(mode="json")
        values = {"based_on": draft.based_on, "definition": rules, "version": draft.version + 1}
        changed = cast(
            CursorResult[Any],
            self._session.execute(
                update(RulesDraftRow)
                .where(*_whose(draft.person, draft.edition), RulesDraftRow.version == draft.version)
                .values(values)
            ),
        )
        if not changed.rowcount:
            raise EditConflict(
                "You changed these rules in another window meanwhile. Look at them again.",
                current={},
                version=draft.version,
            )
        return self._kept(draft)

    def begin(self, draft: RulesDraft) -> RulesDraft:
        """Keep *draft* as the first of its person and edition."""
        rules = draft.definition.model_dump(mode="json")
        self._session.add(
            RulesDraftRow(
                person=draft.person,
                edition=draft.edition,
                based_on=draft.based_on,
                version=1,
                definition=rules,
            )
        )
        self._session.flush()
        return self._kept(draft)

    def discard(self, person: str, edition: str) -> None:
        self._session.execute(delete(RulesDraftRow).where(*_whose(person, edition)))

    def _kept(self, draft: RulesDraft) -> RulesDraft:
        self._session.expire_all()
        return self.of(draft.person, draft.edition) or draft


class Countersigns:
    """What awaits a second person."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, request: Countersign) -> None:
        """In place of an earlier one about the same."""
        self._session.execute(
            delete(CountersignRow).where(
                CountersignRow.edition == request.edition,
                CountersignRow.act == request.act,
                CountersignRow.subject == request.subject,
            )
        )
        self._session.add(CountersignRow(**vars(request)))
        self._session.flush()

    def find(self, request: str) -> Countersign | None:
        row = self._session.scalar(select(CountersignRow).where(CountersignRow.id == request))
        return None if row is None else _countersign(row)

    def of(self, edition: str) -> tuple[Countersign, ...]:
        """Those of *edition*, the earliest first."""
        wanted = select(CountersignRow).where(CountersignRow.edition == edition)
        return tuple(map(_countersign, self._session.scalars(wanted.order_by(CountersignRow.seq))))

    def remove(self, request: str) -> bool:
        """Whether it was there to be removed: of several at once, one removes it."""
        done = self._session.execute(delete(CountersignRow).where(CountersignRow.id == request))
        return bool(cast(CursorResult[Any], done).rowcount)


def _whose(person: str, edition: str) -> tuple[Any, Any]:
    return RulesDraftRow.person == person, RulesDraftRow.edition == edition


def _countersign(row: CountersignRow) -> Countersign:
    return Countersign(**{each.name: getattr(row, each.name) for each in fields(Countersign)})
