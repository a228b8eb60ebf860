"""The pages about one file: sheet, columns, report, row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import request, url_for
from wtforms import SelectField
from wtforms.fields import SelectChoice

from awards.domain.records import Edition
from awards.domain.uploads import Upload
from awards.intake.preview import SheetLook
from awards.intake.types import Layout
from awards.services.acceptance import RefusedRow
from awards.services.upload_checks import Checked, Look
from awards.web.committee.layout import address, committee, crumbs
from awards.web.formats import formats
from awards.web.forms.pages import ConfirmPage, Fact
from awards.web.public.layout import Link
from awards.web.words import gettext


@dataclass(frozen=True)
class WizardStep:
    words: str
    done: bool
    current: bool


@dataclass(frozen=True, kw_only=True)
class MatchRow:
    """One thing that may be in the file: the name of its field, and what the first rows
    have under the title that is chosen."""

    field: str
    title: str
    unit: str
    sample: str
    guessed: bool


@dataclass(frozen=True, kw_only=True)
class WizardPage:
    """``refused`` says why the file as a whole cannot be read; ``rows`` are the things
    to be matched with columns; ``unused`` the titles that nothing was matched with."""

    crumbs: tuple[Link, ...]
    heading: str
    lede: str
    steps: tuple[WizardStep, ...]
    back: Link
    refused: str | None = None
    again: str = ""
    drop: str = ""
    rows: tuple[MatchRow, ...] = ()
    unused: tuple[str, ...] = ()


def steps_at(current: int) -> tuple[WizardStep, ...]:
    words = (gettext("Send"), gettext("Match columns"), gettext("Check"), gettext("Bring in"))
    return tuple(
        WizardStep(each, number < current, number == current) for number, each in enumerate(words)
    )


def to_upload(upload: Upload, page: str = "upload", /, **more: object) -> str:
    return url_for(f"committee.{page}", edition=upload.edition, upload=upload.id, **more)  # type: ignore[arg-type]


def wizard_page(edition: Edition, upload: Upload | None, heading: str, *, at: int) -> WizardPage:
    data = Link(address(edition, "data"), gettext("Cancel"))
    return WizardPage(
        crumbs=crumbs(edition, heading),
        heading=heading,
        lede=lede_of(edition, upload) if upload else gettext("It is checked before it counts."),
        steps=steps_at(at),
        back=data,
        drop=to_upload(upload, "drop_upload") if upload else "",
        again=url_for("committee.new_upload", edition=edition.code),
    )


def lede_of(edition: Edition, upload: Upload) -> str:
    """The file, when it came and from whom."""
    came = formats().moment(upload.at, edition.definition.time_zone)
    return gettext(
        "%(file)s, received %(moment)s from %(sender)s, for the part %(part)s.",
        file=upload.file,
        moment=came,
        sender=upload.asked.sender or "–",
        part=upload.asked.part,
    )


def sheet_of(look: Look, upload: Upload) -> SheetLook | None:
    """The sheet that was chosen, or the only one with a table; None while it is open."""
    if upload.asked.sheet is not None:
        return next((each for each in look.sheets if each.name == upload.asked.sheet), None)
    tables = [each for each in look.sheets if "id" in each.columns and len(each.columns) > 1]
    if len(tables) == 1:
        return tables[0]
    return look.sheets[0] if len(look.sheets) == 1 else None


def sheet_choices(look: Look) -> list[SelectChoice]:
    return [
        SelectChoice(each.name or "", f"{each.name}: {', '.join(filter(None, each.titles))[:120]}")
        for each in look.sheets
    ]


def match_fields(
    layout: Layout, sheet: SheetLook, upload: Upload
) -> tuple[dict[str, SelectField], dict[str, str]]:
    """A select for each target, and which target each is for."""
    titles = list(dict.fromkeys(each for each in sheet.titles if each))
    fields: dict[str, SelectField] = {}
    targets: dict[str, str] = {}
    for number, target in enumerate(layout.targets):
        name = f"c{number}"
        preset = _preset(target, sheet, upload, titles)
        empty = [] if target in sheet.columns else [SelectChoice("", gettext("not in this file"))]
        choices = [*empty, *(SelectChoice(each, each) for each in titles)]
        fields[name] = SelectField(title_of(layout, target), choices=choices, default=preset)
        targets[name] = target
    return fields, targets


def match_rows(
    layout: Layout, sheet: SheetLook, fields: Mapping[str, str], upload: Upload
) -> tuple[MatchRow, ...]:
    titles = [each for each in sheet.titles if each]
    rows = []
    for name, target in fields.items():
        declared = layout.declared(target)
        preset = _preset(target, sheet, upload, titles)
        known = target in sheet.columns or target in upload.asked.columns
        rows.append(
            MatchRow(
                field=name,
                title=title_of(layout, target),
                unit=getattr(declared, "unit", "") or "",
                sample=_sample(sheet, preset),
                guessed=bool(preset) and not known,
            )
        )
    return tuple(rows)


def unused_titles(sheet: SheetLook, chosen: Mapping[str, str]) -> tuple[str, ...]:
    used = set(chosen.values()) or set(sheet.columns.values())
    return tuple(each for each in sheet.titles if each and each not in used)


def title_of(layout: Layout, target: str) -> str:
    words = formats()
    if target == "id":
        return words.text(layout.kind.id_title)
    if target == "name":
        return gettext("Name")
    declared = layout.declared(target)
    return words.text(declared.title) if declared else target


def accept_question(edition: Edition, upload: Upload, checked: Checked) -> ConfirmPage:
    """What bringing the file in would do, with counts."""
    return ConfirmPage(
        crumbs=crumbs(edition, gettext("Bring in")),
        heading=gettext("Bring this file in?"),
        lede=lede_of(edition, upload),
        facts=tuple(_accept_facts(edition, upload, checked)),
        action=request.path,
        button=gettext("Bring in"),
        back=Link(to_upload(upload, "report"), gettext("Back to the report")),
        danger=checked.refused_rows > 0,
    )


def drop_question(edition: Edition, upload: Upload) -> ConfirmPage:
    return ConfirmPage(
        crumbs=crumbs(edition, gettext("Drop the file")),
        heading=gettext("Drop this file?"),
        lede=lede_of(edition, upload),
        facts=(Fact(gettext("What goes"), gettext("the file as it was sent, and its report")),),
        action=request.path,
        button=gettext("Drop it"),
        back=Link(to_upload(upload), gettext("Cancel")),
    )


def row_page(edition: Edition, upload: Upload, row: RefusedRow) -> WizardPage:
    page = wizard_page(
        edition, upload, gettext("Correct row %(row)s", row=formats().count(row.row)), at=2
    )
    reasons = tuple(each for each in row.reasons.split("; ") if each)
    return WizardPage(
        **{**vars(page), "unused": reasons, "back": Link(to_upload(upload), gettext("Cancel"))}
    )


def _accept_facts(edition: Edition, upload: Upload, checked: Checked) -> Iterator[Fact]:
    words = formats()
    with committee().stores.database.reading() as records:
        before = records.parts.named(
            edition.code, upload.kind, upload.asked.part, records=upload.asked.records
        )
    yield Fact(gettext("Rows that are taken"), words.count(checked.rows_accepted))
    yield Fact(gettext("Rows that are left out"), words.count(checked.refused_rows))
    if before is None:
        yield Fact(gettext("Part"), gettext("%(part)s, which is new", part=upload.asked.part))
    elif upload.asked.add:
        told = gettext("they are added to its %(rows)s rows", rows=words.count(before.rows))
        yield Fact(upload.asked.part, told)
    else:
        told = gettext("its %(rows)s rows are replaced", rows=words.count(before.rows))
        yield Fact(upload.asked.part, told)
    found = checked.difference
    if found is not None and found.against is not None and not upload.asked.add:
        yield Fact(gettext("Candidates that are new"), words.count(found.new))
        yield Fact(gettext("Candidates that are gone"), words.count(found.gone))
        yield Fact(gettext("Figures that moved by more than a quarter"), words.count(found.changed))


def _preset(target: str, sheet: SheetLook, upload: Upload, titles: list[str]) -> str:
    """The title that is chosen already: said, known, or alike, in this order."""
    said = upload.asked.columns.get(target)
    if said in titles:
        return str(said)
    return sheet.columns.get(target) or sheet.guesses.get(target) or ""


def _sample(sheet: SheetLook, title: str) -> str:
    if not title:
        return ""
    at = sheet.titles.index(title)
    cells = [row[at] for row in sheet.sample if at < len(row) and row[at]]
    return ", ".join(cells[:3])
