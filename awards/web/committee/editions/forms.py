"""What is asked about an edition and its stages."""

from typing import ClassVar

from flask_wtf.file import FileField
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import Length, Regexp

from awards.domain.stages import WORDS, Stage, is_before
from awards.web.committee.layout import committee, own_editions
from awards.web.formats import formats
from awards.web.forms.base import PageForm
from awards.web.forms.fields import DayField, chosen, required
from awards.web.words import N_

_CODE_HINT = N_(
    "Lower-case letters, digits and hyphens, for instance paritrana-2026. It stands in addresses "
    "and cannot be changed later."
)
_WRITE_CODE = N_("Write a code of lower-case letters, digits and hyphens, such as paritrana-2026.")
_WRITE_DAY = N_("Write a date, for instance 3 February 2025.")


class NamedForm(PageForm):
    """What every new edition is asked."""

    field_order: ClassVar[tuple[str, ...]] = (
        "source",
        "program",
        "code",
        "label",
        "period_start",
        "period_end",
    )
    code = StringField(
        N_("Code"),
        description=_CODE_HINT,
        validators=[
            required(_WRITE_CODE),
            Length(max=64),
            Regexp(r"^[a-z0-9]+(?:[-_][a-z0-9]+)*$", message=_WRITE_CODE),
        ],
    )
    label = StringField(
        N_("Label"),
        description=N_("How people call it, for instance 2026. It takes the old one's place."),
        validators=[required(N_("Write the label, for instance 2026.")), Length(max=40)],
    )
    period_start = DayField(N_("The assessment period begins"), validators=[chosen(_WRITE_DAY)])
    period_end = DayField(N_("The assessment period ends"), validators=[chosen(_WRITE_DAY)])


class FromPresetForm(NamedForm):
    source = RadioField(N_("Preset"), validators=[chosen(N_("Choose a preset."))])

    def __init__(self) -> None:
        super().__init__()
        words = formats()
        self.source.choices = [
            SelectChoice(
                f"{program.code}/{each.code}",
                f"{words.text(program.title)}: {words.text(each.title)}",
            )
            for program in committee().rulebook.programs.values()
            for each in program.definition.editions
        ]


class FromEditionForm(NamedForm):
    source = RadioField(N_("Earlier edition"), validators=[chosen(N_("Choose an edition."))])

    def __init__(self) -> None:
        super().__init__()
        words = formats()
        self.source.choices = [
            SelectChoice(each.code, words.text(each.definition.title)) for each in own_editions()
        ]


class _ProgramForm(PageForm):
    program = SelectField(N_("Award program"))

    def __init__(self) -> None:
        super().__init__()
        words = formats()
        self.program.choices = [
            SelectChoice(each.code, words.text(each.title))
            for each in committee().rulebook.programs.values()
        ]


class FromFileForm(_ProgramForm):
    field_order: ClassVar[tuple[str, ...]] = ("file", "program")
    file = FileField(
        N_("File with the rules (TOML)"),
        description=N_("As it is downloaded from the versions of an edition; at most 500 kB."),
        validators=[required(N_("Choose a file."))],
    )


class EmptyForm(NamedForm, _ProgramForm):
    """An edition with one category, of a chosen kind and with one criterion."""

    field_order: ClassVar[tuple[str, ...]] = (
        *NamedForm.field_order[1:],
        "title_id",
        "title_en",
        "kind",
    )
    title_id = StringField(
        N_("Title in Indonesian"), validators=[required(N_("Write the title.")), Length(max=200)]
    )
    title_en = StringField(N_("Title in English"), validators=[Length(max=200)])
    kind = RadioField(
        N_("Who competes?"),
        description=N_("The first category is for them; more can be added."),
        validators=[chosen(N_("Choose a kind of candidate."))],
    )

    def __init__(self) -> None:
        super().__init__()
        self.kind.choices = kind_choices()


class LockForm(PageForm):
    decree = StringField(
        N_("Decree that sets the rules"),
        description=N_("Number and date, for instance SK 188/2024, 3 February 2025."),
        validators=[required(N_("Name the decree: its number and date.")), Length(max=200)],
    )


class BackForm(PageForm):
    """To which stage, and why."""

    stage = RadioField(N_("Go back to"), validators=[chosen(N_("Choose a stage."))])
    reason = TextAreaField(N_("Reason"), validators=[Length(max=2000)])

    def __init__(self, now: Stage, course: tuple[Stage, ...]) -> None:
        super().__init__()
        words = formats()
        self.stage.choices = [
            SelectChoice(each.value, words.text(WORDS[each]))
            for each in course
            if is_before(each, now)
        ]


def kind_choices() -> list[SelectChoice]:
    """The kinds of candidate that a criterion is there for."""
    rulebook, words = committee().rulebook, formats()
    judged = {kind.code for each in rulebook.criteria.values() for kind in each.applies_to}
    return [
        SelectChoice(each.code, words.text(each.title))
        for each in rulebook.kinds.values()
        if each.code in judged
    ]
