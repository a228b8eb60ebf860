"""What would lift a candidate, and whom it is like, as a scorecard says it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from awards.domain.explained import Goal, Lift, PeerGroup, Trait
from awards.domain.published import CriterionHead, Scorecard
from awards.domain.text import Text
from awards.services.peers import traits_of
from awards.web.formats import Formats
from awards.web.public.find import Found
from awards.web.public.scores import with_heads
from awards.web.words import gettext


@dataclass(frozen=True)
class LiftRow:
    """One figure: ``delta`` is its change, ``steps`` from what to what, ``outcome`` the
    total, place and title that this gives."""

    title: str
    delta: str
    steps: str
    outcome: str


@dataclass(frozen=True)
class LiftList:
    """The figures that alone reach a goal; ``words`` says why where there is none."""

    heading: str
    words: str
    rows: tuple[LiftRow, ...]


@dataclass(frozen=True)
class PeerRow:
    title: str
    own: str
    median: str
    difference: str


@dataclass(frozen=True)
class Peers:
    """The candidate beside its peers: points of each criterion, and the total first."""

    words: str
    traits: tuple[str, ...]
    rows: tuple[PeerRow, ...]


def lift_lists(card: Scorecard, words: Formats) -> tuple[LiftList, ...]:
    """What leads one place up, and to the next title of each ladder; of titles only those
    that something leads to."""
    shown = [each for each in card.goals if each.ladder is None or each.lifts]
    return tuple(_list(goal, words) for goal in shown)


def _list(goal: Goal, words: Formats) -> LiftList:
    heading = gettext("What would lift it one place")
    aims = dict.fromkeys(map(words.text, goal.aims))
    if goal.ladder is not None:
        heading = gettext("What would lead to: %(title)s", title=", ".join(aims))
    return LiftList(heading, _said(goal), tuple(_rows(goal, words, several=len(aims) > 1)))


def _said(goal: Goal) -> str:
    if goal.why_not == "first":
        return gettext("It is in the first place: nothing lifts it further.")
    if goal.why_not == "out-of-reach":
        return gettext("No single figure alone, within its bounds, leads there.")
    if goal.why_not is not None:
        return gettext("Points depend on the other candidates here; this was not computed.")
    return gettext("Any one of these is enough, as long as everything else stays as it is.")


def _rows(goal: Goal, words: Formats, *, several: bool) -> Iterator[LiftRow]:
    aims: Iterable[Text | None] = goal.aims or [None] * len(goal.lifts)
    for lift, aim in zip(goal.lifts, aims, strict=True):
        told = gettext(
            "total %(total)s, place %(place)s",
            total=words.number(lift.total),
            place=words.count(lift.place),
        )
        yield LiftRow(
            title=words.text(lift.words),
            delta=_delta(lift, words),
            steps=gettext(
                "from %(before)s to %(after)s",
                before=words.value(lift.to - lift.by, lift.unit),
                after=words.value(lift.to, lift.unit),
            ),
            outcome=f"{told}: {words.text(aim)}" if aim and several else told,
        )


def _delta(lift: Lift, words: Formats) -> str:
    size, sign = abs(lift.by), "−" if lift.by < 0 else "+"
    if lift.unit in {"ratio", "percent"}:
        percent = size * 100 if lift.unit == "ratio" else size
        told = gettext("%(number)s percentage points", number=words.number(percent))
        return f"{sign}{told}"
    return f"{sign}{words.value(size, lift.unit)}"


def peers_of(found: Found, card: Scorecard, words: Formats) -> Peers | None:
    """The candidate beside its peers; None where their medians are not told."""
    group = card.peers
    if group is None or group.total is None:
        return None
    heads = {head.code: head for _, head in with_heads(found, card)}
    traits = traits_of(card.scores, group, card.row.total)
    return Peers(
        words=_alike(found, group, words),
        traits=tuple(_trait(each, heads, words) for each in traits if each.code in heads),
        rows=tuple(_peer_rows(group, card, heads, words)),
    )


def _alike(found: Found, group: PeerGroup, words: Formats) -> str:
    count = words.count(group.count)
    if not group.attributes:
        return gettext("Medians of all %(count)s ranked candidates.", count=count)
    filters = {each.code: each for each in found.category.filters}
    told = []
    for code, value in group.attributes:
        known = {one: text for one, text, _ in filters[code].values} if code in filters else {}
        told.append(words.text(known[value]) if value in known else value)
    alike = ", ".join(told)
    return gettext(
        "Medians of the %(count)s ranked candidates alike in: %(alike)s.", count=count, alike=alike
    )


def _trait(trait: Trait, heads: dict[str, CriterionHead], words: Formats) -> str:
    title, lead = words.text(heads[trait.code].title), words.number(abs(trait.lead))
    if trait.lead > 0:
        return gettext("Strong: %(what)s, %(lead)s points of the total", what=title, lead=lead)
    return gettext("Weak: %(what)s, −%(lead)s points of the total", what=title, lead=lead)


def _peer_rows(
    group: PeerGroup, card: Scorecard, heads: dict[str, CriterionHead], words: Formats
) -> Iterator[PeerRow]:
    own = {each.code: each.points for each in card.scores}
    yield _peer_row(gettext("Total"), card.row.total, group.total, words)
    for median in group.medians:
        if median.code in heads:
            title = words.text(heads[median.code].title)
            yield _peer_row(title, own.get(median.code), median.points, words)


def _peer_row(title: str, own: float | None, median: float | None, words: Formats) -> PeerRow:
    def told(value: float | None) -> str:
        return "–" if value is None else words.number(value)

    difference = None if own is None or median is None else own - median
    sign = "+" if difference is not None and round(difference, 2) > 0 else ""
    return PeerRow(title, told(own), told(median), f"{sign}{told(difference)}")
