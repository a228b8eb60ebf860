"""What is asked about rules that plugins do not declare by themselves."""

from collections.abc import Iterable

from wtforms import RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import Length, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from awards.domain.definition import CategoryDefinition, Group, Leaf
from awards.sdk.types import Attribute, Kind
from awards.web.committee.layout import committee
from awards.web.formats import formats
from awards.web.forms.base import PageForm
from awards.web.forms.fields import NumberField, chosen, required
from awards.web.public.policies import missing_words, not_applicable_words
from awards.web.words import N_, gettext

MISSING = ("ineligible", "reweight", "zero", "median", "mean", "group-median", "group-mean")
NOT_APPLICABLE = ("reweight", "ineligible")
_NONE = ""
_TITLE = N_("Write the title.")
_WEIGHT = N_("Write a weight above zero.")
_CODE = r"^[a-z0-9]+(?:[-_][a-z0-9]+)*$"
_WRITE_CODE = N_("Write a code of lower-case letters, digits and hyphens.")


class LeafForm(PageForm):
    """A criterion in the tree; what its plugins ask for is added to it."""

    field_order = ("group", "weight")
    weight = NumberField(
        N_("Weight"),
        description=N_("Relative to the others of its group."),
        validators=[chosen(_WEIGHT)],
    )
    missing = RadioField(N_("When the value is missing"), validators=[chosen(N_("Choose one."))])
    missing_by = SelectField(
        N_("Groups for the median or mean of the group"),
        description=N_("Only where the median or mean of a group stands in."),
    )
    not_applicable = RadioField(
        N_("When the question does not arise"), validators=[chosen(N_("Choose one."))]
    )
    cohort = SelectField(
        N_("Compared with"), description=N_("Scales that look at others look at these.")
    )
    group = SelectField(N_("Group"))

    def prepare(self, category: CategoryDefinition, kind: Kind) -> None:
        """Fill in what can be chosen."""
        words = formats()
        self.missing.choices = [SelectChoice(each, missing_words(each)) for each in MISSING]
        self.not_applicable.choices = [
            SelectChoice(each, not_applicable_words(each)) for each in NOT_APPLICABLE
        ]
        attributes = attribute_choices(kind)
        self.missing_by.choices = [SelectChoice(_NONE, gettext("none")), *attributes]
        self.cohort.choices = [SelectChoice(_NONE, gettext("everybody")), *attributes]
        self.group.choices = [
            SelectChoice(each.code, words.text(each.title)) for each in category.tree.groups()
        ]


class GroupForm(PageForm):
    """A group of the tree; what its aggregation asks for is added to it."""

    title_id = StringField(N_("Title in Indonesian"), validators=[required(_TITLE)])
    title_en = StringField(N_("Title in English"))
    weight = NumberField(
        N_("Weight"),
        description=N_("Relative to the others of its group."),
        validators=[chosen(_WEIGHT)],
    )
    aggregation = RadioField(N_("How its parts are combined"), validators=[chosen(N_("Choose."))])
    least_share = NumberField(
        N_("Least share of the weight that must be measured"),
        description=N_("From 0 to 1: with 0.5, whoever lacks more than half is not assessable."),
        validators=[chosen(N_("Write a number from 0 to 1."))],
    )

    def prepare(self) -> None:
        words = formats()
        self.aggregation.choices = [
            SelectChoice(each.code, words.text(each.title))
            for each in committee().rulebook.aggregations.values()
        ]


class NewGroupForm(PageForm):
    """A group that gathers what stands elsewhere in the tree."""

    code = StringField(
        N_("Code"), validators=[required(_WRITE_CODE), Length(max=64), Regexp(_CODE)]
    )
    title_id = StringField(N_("Title in Indonesian"), validators=[required(_TITLE)])
    title_en = StringField(N_("Title in English"))
    weight = NumberField(N_("Weight"), validators=[chosen(_WEIGHT)])
    members = SelectMultipleField(
        N_("What belongs to it"),
        description=N_("A group has at least one criterion; more can be added afterwards."),
        validators=[required(N_("Choose at least one criterion."))],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def prepare(self, category: CategoryDefinition) -> None:
        self.members.choices = criterion_choices(category.tree.leaves())


class WhoForm(PageForm):
    """Who competes in a category: its title, and the values of attributes to keep."""

    title_id = StringField(N_("Title in Indonesian"), validators=[required(_TITLE)])
    title_en = StringField(N_("Title in English"))


class NewCategoryForm(PageForm):
    code = StringField(
        N_("Code"), validators=[required(_WRITE_CODE), Length(max=64), Regexp(_CODE)]
    )
    title_id = StringField(N_("Title in Indonesian"), validators=[required(_TITLE)])
    title_en = StringField(N_("Title in English"))
    kind = RadioField(N_("Who competes?"), validators=[chosen(N_("Choose a kind of candidate."))])


def who_form(kind: Kind) -> type[WhoForm]:
    """The form with a field for each attribute of *kind*."""
    words = formats()
    fields = {
        f"where_{each.code}": _filter(each, words.text(each.title)) for each in kind.attributes
    }
    return type("KindForm", (WhoForm,), fields)


def _filter(attribute: Attribute, title: str) -> object:
    words = formats()
    if not attribute.values:
        hint = gettext("Codes, with commas between them; empty keeps everybody.")
        return StringField(title, description=hint)
    return SelectMultipleField(
        title,
        description=gettext("Nothing chosen keeps everybody."),
        choices=[SelectChoice(code, words.text(text)) for code, text in attribute.values.items()],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


def ties_form(category: CategoryDefinition) -> type[PageForm]:
    """First, second … tie-breaker: a criterion or group each."""
    words = formats()
    groups = [SelectChoice(each.code, words.text(each.title)) for each in category.tree.groups()]
    offered = [
        SelectChoice(_NONE, gettext("none: they share the place")),
        *groups,
        *criterion_choices(category.tree.leaves()),
    ]
    fields = {
        f"tie_{number}": SelectField(
            gettext("%(number)s. if still equal", number=number), choices=offered
        )
        for number in range(1, len(category.tie_breakers) + 3)
    }
    return type("TiesForm", (PageForm,), fields)


def criterion_choices(leaves: Iterable[Leaf]) -> list[SelectChoice]:
    rulebook, words = committee().rulebook, formats()
    return [
        SelectChoice(each.code, words.text(rulebook.criterion(each.code).title)) for each in leaves
    ]


def attribute_choices(kind: Kind) -> list[SelectChoice]:
    words = formats()
    return [SelectChoice(each.code, words.text(each.title)) for each in kind.attributes]


def title_of(form: PageForm) -> dict[str, str]:
    """The title that was typed; the English one may be left out."""
    title = {"id": form["title_id"].data, "en": form["title_en"].data or ""}
    return {language: words for language, words in title.items() if words}


def group_values(group: Group) -> dict[str, object]:
    return {
        "title_id": group.title.get("id", ""),
        "title_en": group.title.get("en", ""),
        "weight": group.weight,
        "aggregation": group.aggregation.code,
        "least_share": group.least_share,
    }
