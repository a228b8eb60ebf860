"""What is asked about a file."""

from collections.abc import Mapping
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import Length, Optional

from awards.domain.records import Edition
from awards.domain.uploads import Asked
from awards.services.uploads import part_name
from awards.web.committee.layout import committee
from awards.web.formats import formats
from awards.web.forms.base import PageForm, VersionedForm
from awards.web.forms.fields import DayField, chosen, required
from awards.web.words import N_, gettext

UNDECLARED = "-"
FIGURES = ""
_NUMBERS = N_("How are numbers written in cells that are text?")
_DECLARE = N_("Nothing is guessed: what can mean two things is refused until you say.")
_LONGEST = 200


class UploadForm(PageForm):
    """A file, whose it is, and which part it makes."""

    file = FileField(
        N_("File"),
        description=N_("CSV, XLSX or ODS; workbooks up to 25 MB, CSV up to 256 MB."),
        validators=[FileRequired(N_("Choose a file."))],
    )
    kind = SelectField(N_("Whom the rows are about"))
    records = SelectField(N_("What the rows are"), default=FIGURES)
    scheme = SelectField(N_("What the ids are"), default=FIGURES)
    sender = StringField(
        N_("Who sent it"),
        description=N_("The office, not a person. How it names its columns is remembered."),
        validators=[required(N_("Name the office.")), Length(max=_LONGEST)],
    )
    letter = StringField(N_("Number of the letter (optional)"), validators=[Length(max=_LONGEST)])
    as_of = DayField(
        N_("Date the figures stand for (optional)"),
        description=N_("For instance 31 December 2025."),
        validators=[Optional()],
    )
    part = StringField(
        N_("Name of the part (optional)"),
        description=N_("The same name replaces what the sender sent before."),
        validators=[Length(max=60)],
    )

    def __init__(self, edition: Edition) -> None:
        super().__init__()
        kinds = dict.fromkeys(each.kind for each in edition.definition.categories)
        known = [committee().rulebook.kind(code) for code in kinds]
        words = formats()
        self.kind.choices = [SelectChoice(each.code, words.text(each.title)) for each in known]
        self.records.choices = [
            SelectChoice(FIGURES, gettext("Figures: one row a candidate")),
            *(
                SelectChoice(each.code, words.text(each.title))
                for each in committee().rulebook.records.values()
            ),
        ]
        schemes = dict.fromkeys(scheme for kind in known for scheme in kind.schemes)
        self.scheme.choices = [
            SelectChoice(FIGURES, gettext("the usual ones")),
            *(SelectChoice(each, each) for each in schemes),
        ]

    def asked(self) -> Asked:
        own = committee().rulebook.kind(self.kind.data).scheme
        records = self.records.data or None
        sender = " ".join(self.sender.data.split())
        return Asked(
            part=" ".join((self.part.data or "").split()) or part_name(sender, records),
            records=records,
            scheme=None if self.scheme.data in ("", own) else self.scheme.data,
            sender=sender,
            letter=self.letter.data or None,
            as_of=self.as_of.data,
        )


class SheetForm(VersionedForm):
    sheet = RadioField(N_("Which sheet has the table?"), validators=[chosen(N_("Choose a sheet."))])


class ColumnsForm(VersionedForm):
    """How numbers are written; the columns stand in fields that `columns_form` adds."""

    numbers = RadioField(_NUMBERS, description=_DECLARE, default=UNDECLARED)

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.numbers.choices = [
            SelectChoice(UNDECLARED, gettext("I do not say: refuse what can mean two things")),
            SelectChoice("id", gettext("1.234,5: a comma before the decimals")),
            SelectChoice("en", gettext("1,234.5: a point before the decimals")),
        ]

    def chosen_columns(self, targets: Mapping[str, str]) -> dict[str, str]:
        """The title chosen for each target, by the field's name."""
        found = {target: str(self[name].data or "") for name, target in targets.items()}
        return {target: title for target, title in found.items() if title}


def columns_form(fields: Mapping[str, SelectField], **given: Any) -> ColumnsForm:
    """A form with a select for each column that may be in the file."""
    made: type[ColumnsForm] = type("MatchedColumnsForm", (ColumnsForm,), dict(fields))
    return made(**given)


def row_form(cells: Mapping[str, str]) -> PageForm:
    """A form with a field for each cell of a row, by the number of its column."""
    fields = {
        f"c{number}": StringField(title or gettext("(no title)"), default=value)
        if len(value) <= _LONGEST
        else TextAreaField(title, default=value)
        for number, (title, value) in enumerate(cells.items())
    }
    made: type[PageForm] = type("RowForm", (PageForm,), fields)
    return made()
