"""The targets board: what was aimed at beside what was reached."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import polars as pl

from awards.domain.boards import BoardLine, BoardPart, Realized, TargetBoard, TargetChoice
from awards.domain.errors import NotFound
from awards.domain.records import Edition, Snapshot
from awards.domain.targets import Target, TargetSet
from awards.domain.text import Text
from awards.evaluation.realization import Figure, realized, region_column, within
from awards.sdk.rulebook import RuleBook
from awards.sdk.types import Indicator, Kind
from awards.services.stores import Stores

_PERIOD: Text = {"en": "Whole period", "id": "Seluruh periode"}
_ALL: Text = {"en": "All candidates", "id": "Semua kandidat"}
_REGION: Text = {"en": "By region", "id": "Menurut wilayah"}
_PARTS = ("scale", "sector", "type")


def make_target_board(
    stores: Stores, edition: Edition, *, chosen: str | None, rulebook: RuleBook
) -> TargetBoard | None:
    """The board of the figure that *chosen* names, or of the first one.

    None while the edition has no targets. Raises `NotFound` for a figure that no
    target is about.
    """
    with stores.database.reading() as records:
        found = records.targets.current(edition.code)
    if found is None:
        return None
    choices = _choices(found, rulebook)
    codes = [each.code for each in choices]
    if chosen is not None and chosen not in codes:
        raise NotFound(f"No target is about {chosen!r}. There are: {', '.join(codes)}.")
    choice = choices[codes.index(chosen) if chosen else 0]
    return _Board(stores, edition, found, choice, rulebook).make(choices)


def _choices(found: TargetSet, rulebook: RuleBook) -> tuple[TargetChoice, ...]:
    choices = [_choice(each, rulebook) for each in found.targets]
    return tuple({each.code: each for each in choices}.values())


def _choice(target: Target, rulebook: RuleBook) -> TargetChoice:
    indicator = _indicator(rulebook, target.indicator)
    return TargetChoice(
        kind=target.kind,
        indicator=target.indicator,
        of=target.of,
        words=indicator.title if indicator else {"en": target.indicator},
        of_words=_words_of(rulebook, target.of) if target.of else None,
        unit="percent" if target.of else indicator.unit if indicator else "",
    )


def _indicator(rulebook: RuleBook, code: str) -> Indicator | None:
    return rulebook.indicators.get(code)


def _words_of(rulebook: RuleBook, code: str) -> Text:
    found = _indicator(rulebook, code)
    return found.title if found else {"en": code}


class _Board:
    """One figure of one edition, while its board is made."""

    def __init__(
        self,
        stores: Stores,
        edition: Edition,
        found: TargetSet,
        choice: TargetChoice,
        rulebook: RuleBook,
    ) -> None:
        self._stores, self._edition, self._found = stores, edition, found
        self._choice, self._rulebook = choice, rulebook
        self._kind: Kind = rulebook.kind(choice.kind)
        self._targets = [each for each in found.targets if _choice(each, rulebook) == choice]
        earlier = next((each.earlier for each in self._targets if each.earlier), None)
        self._figure = Figure(indicator=choice.indicator, of=choice.of, earlier=earlier)
        self._now = _latest(stores, edition.code, choice.kind)
        self._before = None if earlier else _edition_before(stores, edition, choice.kind)
        self._tables: dict[str, pl.DataFrame] = {}

    def make(self, choices: tuple[TargetChoice, ...]) -> TargetBoard:
        return TargetBoard(
            choice=self._choice,
            choices=choices,
            file=self._found.file,
            snapshot=self._now.id if self._now else None,
            as_of=_as_of(self._stores, self._now) if self._now else None,
            before=self._origin_of_before(),
            declared=tuple(self._declared(each) for each in self._targets),
            parts=tuple(self._parts()) if self._now else (),
        )

    def _origin_of_before(self) -> Text | None:
        if self._figure.earlier:
            return _words_of(self._rulebook, self._figure.earlier)
        return dict(self._before[0].definition.title) if self._before else None

    def _declared(self, target: Target) -> BoardLine:
        snapshot = self._now
        if target.month:
            snapshot = _of_month(self._stores, self._edition.code, target.kind, target.month)
        where = {"region": target.region, "sector": target.sector, "scale": target.scale}
        return BoardLine(
            code=target.month or "",
            words=self._told(target),
            target=target.value,
            source=target.source,
            realized=self._realized(snapshot, where) if snapshot else None,
        )

    def _told(self, target: Target) -> Text:
        """What the target is about, in words: ``Kota Surabaya, Large, 2024-03``."""
        told: list[Text] = [self._region_words(target.region)] if target.region else []
        for name in ("sector", "scale"):
            value = getattr(target, name)
            told += [self._value_words(name, value)] if value else []
        told = told or [_ALL]
        told += [{"en": target.month}] if target.month else [_PERIOD]
        return {lang: ", ".join(_in(each, lang) for each in told) for lang in ("id", "en")}

    def _realized(self, snapshot: Snapshot, where: Mapping[str, str | None]) -> Realized:
        table = within(self._table(snapshot), **where)
        return realized(table, self._figure, earlier=self._earlier(where))

    def _earlier(self, where: Mapping[str, str | None]) -> float | None:
        if self._before is None:
            return None
        table = within(self._table(self._before[1]), **where)
        return realized(table, Figure(indicator=self._figure.indicator)).numerator

    def _table(self, snapshot: Snapshot) -> pl.DataFrame:
        if snapshot.id not in self._tables:
            archive = self._stores.archive
            path = archive.checked(archive.snapshot_table(snapshot.id), snapshot.sha256)
            frame = pl.scan_parquet(path)
            figure = (self._figure.indicator, self._figure.of, self._figure.earlier)
            wanted = {"id", "region", *_PARTS, *(each for each in figure if each)}
            present = [each for each in frame.collect_schema().names() if each in wanted]
            self._tables[snapshot.id] = frame.select(present).collect()
        return self._tables[snapshot.id]

    def _parts(self) -> Iterator[BoardPart]:
        assert self._now is not None
        table = self._table(self._now)
        lengths = table.select(region_column(table).str.slice(0, 5).alias("code"))["code"]
        if "region" in table.columns or self._kind.scheme == "Kemendagri":
            yield self._part("region", _REGION, sorted(set(lengths.drop_nulls())))
        for attribute in self._kind.attributes:
            if attribute.code in _PARTS and attribute.code in table.columns:
                present = set(table[attribute.code].drop_nulls())
                codes = [each for each in attribute.values if each in present]
                codes = codes or sorted(present)
                yield self._part(attribute.code, attribute.title, codes)

    def _part(self, name: str, title: Text, codes: Sequence[str]) -> BoardPart:
        return BoardPart(
            code=name, title=title, lines=tuple(self._line(name, each) for each in codes)
        )

    def _line(self, name: str, code: str) -> BoardLine:
        """The line of one value, with the target that was declared for it alone."""
        assert self._now is not None
        declared = {"region": None, "sector": None, "scale": None, "month": None} | {name: code}
        target = next(
            (each for each in self._targets if _subject(each) == tuple(declared.values())), None
        )
        words = self._region_words(code) if name == "region" else self._value_words(name, code)
        return BoardLine(
            code=code,
            words=words,
            target=target.value if target else None,
            source=target.source if target else None,
            realized=self._realized(self._now, {name: code}),
        )

    def _region_words(self, code: str) -> Text:
        names = (kind.names.get(code) for kind in self._rulebook.kinds.values())
        return {"en": next((name for name in names if name), code)}

    def _value_words(self, name: str, code: str) -> Text:
        for attribute in self._kind.attributes:
            if attribute.code == name and code in attribute.values:
                return attribute.values[code]
        return {"en": code}


def _subject(target: Target) -> tuple[str | None, ...]:
    return (target.region, target.sector, target.scale, target.month)


def _in(text: Text, language: str) -> str:
    return text.get(language) or next(iter(text.values()))


def _latest(stores: Stores, edition: str, kind: str) -> Snapshot | None:
    with stores.database.reading() as records:
        return records.snapshots.latest(edition, kind)


def _of_month(stores: Stores, edition: str, kind: str, month: str) -> Snapshot | None:
    """The latest snapshot whose data stand for *month*: by the last date of its parts."""
    with stores.database.reading() as records:
        found = records.snapshots.list(edition, kind)
    for each in reversed(found):
        day = _as_of(stores, each)
        if day is not None and f"{day:%Y-%m}" == month:
            return each
    return None


def _as_of(stores: Stores, snapshot: Snapshot) -> date | None:
    """The last date that a sender's figures stand for."""
    path = stores.archive.snapshot_description(snapshot.id)
    parts = json.loads(path.read_bytes())["parts"]
    found = [date.fromisoformat(each["as_of"]) for each in parts if each.get("as_of")]
    return max(found, default=None)


def _edition_before(stores: Stores, edition: Edition, kind: str) -> tuple[Edition, Snapshot] | None:
    """The last edition of the same program before this one that has such data."""
    with stores.database.reading() as records:
        found = [
            (each, snapshot)
            for each in records.editions.list()
            if each.program == edition.program
            and each.definition.period_end < edition.definition.period_start
            and (snapshot := records.snapshots.latest(each.code, kind)) is not None
        ]
    return max(found, key=lambda pair: pair[0].definition.period_end, default=None)
