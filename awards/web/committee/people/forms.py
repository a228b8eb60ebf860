"""What an administrator says about people."""

from wtforms import EmailField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import Email, Length
from wtforms.widgets import CheckboxInput, ListWidget

from awards.domain.people import EVERY_EDITION, Grant, Role
from awards.web.account.forms import LANGUAGE_CHOICES
from awards.web.account.roles import role_notes, role_words
from awards.web.committee.layout import committee
from awards.web.formats import formats
from awards.web.forms.base import PageForm, VersionedForm
from awards.web.forms.fields import chosen, required
from awards.web.words import N_, gettext

_NAME = N_("Name")
_MAIL = N_("Mail address")
_LANGUAGE = N_("Language of letters")
_WRITE_NAME = N_("Write the name.")
_WRITE_MAIL = N_("Write an address such as name@example.org.")


class EditPersonForm(VersionedForm):
    name = StringField(_NAME, validators=[required(_WRITE_NAME), Length(max=200)])
    mail = EmailField(_MAIL, validators=[required(_WRITE_MAIL), Email(_WRITE_MAIL)])
    language = RadioField(
        _LANGUAGE, choices=LANGUAGE_CHOICES, validators=[chosen(N_("Choose one."))]
    )


class GrantForm(PageForm):
    """A role, and where it holds."""

    role = RadioField(N_("Role"), validators=[chosen(N_("Choose a role."))])
    where = SelectField(N_("Edition"), default=EVERY_EDITION)

    def __init__(self) -> None:
        super().__init__()
        self.role.choices = role_choices()
        self.where.choices = edition_choices()

    def grant(self) -> Grant:
        return Grant(role=Role(self.role.data), edition=self.where.data)


class InviteForm(PageForm):
    name = StringField(_NAME, validators=[required(_WRITE_NAME), Length(max=200)])
    mail = EmailField(_MAIL, validators=[required(_WRITE_MAIL), Email(_WRITE_MAIL)])
    language = RadioField(_LANGUAGE, choices=LANGUAGE_CHOICES, default="id")
    roles = SelectMultipleField(
        N_("Roles"),
        description=N_("They can be given and taken back later, too."),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    where = SelectField(N_("In which edition"), default=EVERY_EDITION)
    how = RadioField(
        N_("How do they get the link?"),
        choices=[
            SelectChoice("mail", N_("By mail")),
            SelectChoice("link", N_("I copy it and hand it over myself")),
        ],
        default="mail",
    )

    def __init__(self) -> None:
        super().__init__()
        self.roles.choices = role_choices()
        self.where.choices = edition_choices()

    def grants(self) -> tuple[Grant, ...]:
        """Administrators belong to no edition, whatever was chosen."""
        return tuple(
            Grant(
                role=Role(each),
                edition=EVERY_EDITION if each == Role.ADMINISTRATOR else self.where.data,
            )
            for each in self.roles.data or ()
        )


def role_choices() -> list[SelectChoice]:
    words, notes = role_words(), role_notes()
    return [SelectChoice(str(each), f"{words[each]}: {notes[each]}") for each in Role]


def edition_choices() -> list[SelectChoice]:
    words = formats()
    editions = committee().desk.editions()
    every = SelectChoice(EVERY_EDITION, gettext("Every edition"))
    return [
        every,
        *(SelectChoice(each.code, words.text(each.definition.title)) for each in editions),
    ]
