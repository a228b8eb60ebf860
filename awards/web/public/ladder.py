"""Holders of titles: three steps, and a line for everybody after them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import url_for

from awards.domain.published import PublicCertificate, RankingRow, Scorecard
from awards.web.formats import Formats
from awards.web.parts import parts
from awards.web.public.drawing import Composition, compose
from awards.web.public.find import Found
from awards.web.public.layout import Link
from awards.web.words import gettext, ngettext

_STEPS = 3
_NAMED = 6


@dataclass(frozen=True, kw_only=True)
class Step:
    """One holder; ``level`` counts titles from 1, so that joint titles stand level."""

    level: int
    title: str
    name: str
    href: str | None
    total: str
    composition: Composition
    why: str | None
    certificate: Link | None


@dataclass(frozen=True)
class Special:
    """Further holders of one title; ``more`` leads to those not named."""

    title: str
    holders: tuple[Link, ...]
    more: Link | None


@dataclass(frozen=True)
class Steps:
    steps: tuple[Step, ...]
    special: tuple[Special, ...]


def ladder_steps(found: Found, words: Formats) -> Steps:
    holders = parts().site.holders(found.category)
    certificates = certificate_links(found, words.language)
    first = holders[:_STEPS]
    levels = _levels(first, words)
    return Steps(
        tuple(
            _step(found, row, level, certificates=certificates, words=words)
            for row, level in zip(first, levels, strict=True)
        ),
        tuple(_special(found, holders[_STEPS:], words)),
    )


def _levels(rows: Iterable[RankingRow], words: Formats) -> list[int]:
    """Number the titles in the order met: the same title is the same step."""
    met: dict[str, int] = {}
    return [met.setdefault(words.text(row.title or {}), len(met) + 1) for row in rows]


def certificate_links(found: Found, language: str) -> Mapping[str, Link]:
    """The certificate of each candidate, in *language* if there is one in it."""
    issued = parts().site.certificates(found.category)
    ordered = sorted(issued, key=lambda each: each.language == language)
    return {each.candidate: _certificate_link(each) for each in ordered}


def _step(
    found: Found,
    row: RankingRow,
    level: int,
    *,
    certificates: Mapping[str, Link],
    words: Formats,
) -> Step:
    return Step(
        level=level,
        title=words.text(row.title or {}),
        name=row.name,
        href=found.scorecard(row.id) if row.has_scorecard else None,
        total=gettext("%(total)s of 100", total=words.number(row.total)),
        composition=compose(found.category, row, words, width=300),
        why=_why(found, row, words),
        certificate=certificates.get(row.id),
    )


def _certificate_link(certificate: PublicCertificate) -> Link:
    return Link(
        url_for("public.certificate", code=certificate.code), gettext("See the certificate")
    )


def _why(found: Found, row: RankingRow, words: Formats) -> str | None:
    """The measured criterion in which the holder is furthest above the median."""
    if not row.has_scorecard:
        return None
    card = parts().site.scorecard(found.category, row.id)
    return strongest_words(found, card, words) if card else None


def strongest_words(found: Found, card: Scorecard, words: Formats) -> str | None:
    leads = []
    for score in card.scores:
        head = found.category.criterion(score.code)
        if head and score.raw is not None and score.points is not None and head.median_points:
            leads.append((score.points - head.median_points, head, score.raw))
    if not leads:
        return None
    _, head, raw = max(leads, key=lambda each: each[0])
    return gettext(
        "%(criterion)s: %(value)s; the median is %(median)s.",
        criterion=words.text(head.title),
        value=words.value(raw, head.unit),
        median=words.value(head.median_raw, head.unit),
    )


def _special(found: Found, rows: Iterable[RankingRow], words: Formats) -> Iterable[Special]:
    by_title: dict[str, list[RankingRow]] = {}
    for row in rows:
        by_title.setdefault(words.text(row.title or {}), []).append(row)
    for title, holders in by_title.items():
        named = tuple(
            Link(found.scorecard(row.id) if row.has_scorecard else "", row.name)
            for row in holders[:_NAMED]
        )
        yield Special(title, named, _more(found, len(holders) - _NAMED, words))


def _more(found: Found, rest: int, words: Formats) -> Link | None:
    if rest <= 0:
        return None
    told = ngettext("and %(count)s more", "and %(count)s more", rest, count=words.count(rest))
    return Link(f"{found.address('ranking', titled=1)}#table", told)
