"""Which schemes an employer must run, by its scale.

Perpres 109/2013, article 6, from 1 July 2015: JKK and JKM for all, JHT from small
enterprises up, JP from medium ones up.
"""

import narwhals as nw

from awards.sdk import COMPANY, MISSING, Criterion, Gate, Values, at_most, hookimpl, ratio, share

from .indicators import ACTIVE, DEATH, OLD_AGE, PENSION, WORK_ACCIDENT


def _completeness(i: Values) -> nw.Expr:
    """The mean, over the schemes that are mandatory, of the share of active
    participants that each insures."""

    def insured(participants: nw.Expr) -> nw.Expr:
        return at_most(ratio(participants, i.active_participants, when_zero=MISSING), 1)

    two = insured(i.jkk_participants) + insured(i.jkm_participants)
    three = two + insured(i.jht_participants)
    four = three + insured(i.jp_participants)
    scale = i.attribute("scale")
    larger = nw.when(scale == "small").then(share(three, of=3)).otherwise(share(four, of=4))
    return nw.when(scale == "micro").then(share(two, of=2)).otherwise(larger)


SCHEME_COMPLETENESS = Criterion(
    code="scheme-completeness",
    title={"en": "Completeness of schemes", "id": "Kelengkapan program"},
    applies_to=(COMPANY,),
    indicators=(ACTIVE, WORK_ACCIDENT, DEATH),
    optional=(OLD_AGE, PENSION),
    attributes=("scale",),
    measure=_completeness,
    unit="ratio",
    description={
        "en": "Share of active participants in the schemes that are mandatory for the scale: "
        "micro JKK and JKM, small also JHT, medium and large also JP (Perpres 109/2013)",
        "id": "Bagian peserta aktif dalam program yang wajib menurut skala: mikro JKK dan JKM, "
        "kecil ditambah JHT, menengah dan besar ditambah JP (Perpres 109/2013)",
    },
)


def _all_run(i: Values) -> nw.Expr:
    scale = i.attribute("scale")
    old_age = (scale == "micro") | (i.jht_participants > 0)
    pension = scale.is_in(("micro", "small")) | (i.jp_participants > 0)
    return (i.jkk_participants > 0) & (i.jkm_participants > 0) & old_age & pension


MANDATORY_SCHEMES = Gate(
    code="mandatory-schemes",
    title={"en": "All mandatory schemes", "id": "Semua program wajib"},
    reason={
        "en": "A scheme that is mandatory for the scale of the company is not run "
        "(Perpres 109/2013, article 6).",
        "id": "Ada program yang wajib menurut skala usaha tetapi belum diikuti "
        "(Perpres 109/2013 pasal 6).",
    },
    applies_to=(COMPANY,),
    indicators=(WORK_ACCIDENT, DEATH),
    optional=(OLD_AGE, PENSION),
    attributes=("scale",),
    passes=_all_run,
)


@hookimpl
def awards_register_criteria() -> tuple[Criterion, ...]:
    return (SCHEME_COMPLETENESS,)


@hookimpl
def awards_register_gates() -> tuple[Gate, ...]:
    return (MANDATORY_SCHEMES,)
