"""The effect board as a page, worded without a claim of cause."""

from dataclasses import dataclass

from awards.documents.board_charts import Change, ChangeChart, changes
from awards.domain.boards import Effect, EffectBoard, GroupChange
from awards.domain.records import Edition
from awards.web.committee.layout import crumbs
from awards.web.formats import Formats, formats
from awards.web.public.layout import Link
from awards.web.words import gettext


@dataclass(frozen=True)
class GroupRow:
    words: str
    n: str
    before: str
    after: str
    change: str


@dataclass(frozen=True)
class EffectSection:
    """One kind; ``lacking`` says why there is nothing to compare, then nothing follows."""

    code: str
    title: str
    lacking: str | None
    finding: str
    rows: tuple[GroupRow, ...]
    notes: tuple[str, ...]
    wide: ChangeChart | None
    narrow: ChangeChart | None
    told: str


@dataclass(frozen=True)
class EffectPage:
    crumbs: tuple[Link, ...]
    heading: str
    lede: str
    sections: tuple[EffectSection, ...]


def effect_page(edition: Edition, boards: tuple[EffectBoard, ...]) -> EffectPage:
    words = formats()
    return EffectPage(
        crumbs=crumbs(edition, gettext("Before and after")),
        heading=gettext("Coverage before and after"),
        lede=gettext(
            "Those honored or shortlisted beside comparable others. Differences may have "
            "other causes: who is honored was not drawn by lot."
        ),
        sections=tuple(_section(each, words) for each in boards),
    )


def _section(board: EffectBoard, words: Formats) -> EffectSection:
    effect, title = board.effect, words.text(board.title)
    if effect is None:
        lacking = _reasons()[board.reason or "no-figures"]
        return EffectSection(board.kind, title, lacking, "", (), (), None, None, "")
    rows = _rows(effect, words)
    return EffectSection(
        code=board.kind,
        title=title,
        lacking=None,
        finding=_finding(effect, words),
        rows=rows,
        notes=_notes(effect, words),
        wide=_chart(effect, rows, width=760),
        narrow=_chart(effect, rows, width=358),
        told="; ".join(f"{each.words}: {each.before} → {each.after}" for each in rows),
    )


def _reasons() -> dict[str, str]:
    return {
        "no-decision": gettext("Nobody of this kind was decided on yet."),
        "no-figures": gettext("The data hold no counts of insured people and of all people."),
        "nobody-comparable": gettext(
            "Nobody else has the same scale, sector or type and both figures."
        ),
    }


def _finding(effect: Effect, words: Formats) -> str:
    return gettext(
        "Coverage of those honored or shortlisted changed by %(honored)s percentage points, that "
        "of comparable others by %(others)s: a difference of %(difference)s.",
        honored=_signed(effect.honored.change, words),
        others=_signed(effect.others.change, words),
        difference=_signed(effect.difference, words),
    )


def _rows(effect: Effect, words: Formats) -> tuple[GroupRow, ...]:
    return (
        _row(gettext("Honored or shortlisted"), effect.honored, words),
        _row(gettext("Comparable others, weighted alike"), effect.others, words),
    )


def _row(told: str, group: GroupChange, words: Formats) -> GroupRow:
    return GroupRow(
        words=told,
        n=words.count(group.n),
        before=words.value(group.before, "ratio"),
        after=words.value(group.after, "ratio"),
        change=_signed(group.change, words),
    )


def _notes(effect: Effect, words: Formats) -> tuple[str, ...]:
    notes = [_basis(effect), _interval(effect, words)]
    notes.append(
        gettext(
            "Others are compared within %(strata)s groups of the same scale, sector or type.",
            strata=words.count(effect.strata),
        )
    )
    if effect.left_out:
        notes.append(
            gettext(
                "%(count)s of those honored or shortlisted have nobody comparable and are left "
                "out.",
                count=words.count(effect.left_out),
            )
        )
    return tuple(notes)


def _basis(effect: Effect) -> str:
    if effect.basis == "editions":
        return gettext(
            "Before: edition %(before)s, in which they were honored or shortlisted. After: "
            "edition %(after)s.",
            before=effect.before_label,
            after=effect.after_label,
        )
    return gettext(
        "There is no earlier edition: before and after are both told by the data of this one, by "
        "which they were also chosen. Part of the difference is therefore how they were chosen."
    )


def _interval(effect: Effect, words: Formats) -> str:
    if effect.interval is None:
        return gettext("Too few can be compared for an interval.")
    low, high = effect.interval
    return gettext(
        "Interval of the difference that chance alone leaves (95%%): %(low)s to %(high)s "
        "percentage points.",
        low=_signed(low, words),
        high=_signed(high, words),
    )


def _chart(effect: Effect, rows: tuple[GroupRow, ...], *, width: float) -> ChangeChart:
    groups = (effect.honored, effect.others)
    return changes(
        [
            Change(row.words, group.before, group.after, row.before, row.after)
            for row, group in zip(rows, groups, strict=True)
        ],
        width=width,
    )


def _signed(share: float, words: Formats) -> str:
    """Percentage points with their sign."""
    sign = "+" if share > 0 else ""
    return sign + words.number(share * 100, 2)
