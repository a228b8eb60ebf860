"""What is asked while signing in, and of one's own account."""

from wtforms import EmailField, PasswordField, RadioField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import Email, EqualTo, Length, ValidationError

from awards.web import acting
from awards.web.account.passwords import LEAST, MOST, is_common, is_too_short
from awards.web.formats import formats
from awards.web.forms.base import PageForm
from awards.web.forms.fields import required
from awards.web.parts import parts
from awards.web.words import N_, gettext

LANGUAGE_CHOICES = [SelectChoice("id", "Bahasa Indonesia"), SelectChoice("en", "English")]
_ONCE = {"autocomplete": "one-time-code", "spellcheck": "false", "autocapitalize": "none"}
_MAIL = {"autocomplete": "username", "spellcheck": "false"}


class SignInForm(PageForm):
    mail = EmailField(
        N_("Mail address"), validators=[required(N_("Write your mail address."))], render_kw=_MAIL
    )
    password = PasswordField(
        N_("Password"),
        validators=[required(N_("Write your password.")), Length(max=MOST)],
        render_kw={"autocomplete": "current-password"},
    )


class CodeForm(PageForm):
    """Six digits from an app; where it is allowed, a recovery code instead."""

    code = StringField(
        N_("Code"),
        description=N_("Six digits from your authenticator app, or one of your recovery codes."),
        validators=[required(N_("Write the code that your app shows.")), Length(max=40)],
        render_kw=_ONCE,
    )


class SetUpForm(PageForm):
    code = StringField(
        N_("Code from the app"),
        description=N_("Six digits. The app shows new ones every half minute."),
        validators=[required(N_("Write the code that your app shows.")), Length(max=40)],
        render_kw=_ONCE | {"inputmode": "numeric"},
    )


class ConfirmForm(PageForm):
    """The code again; named apart from the fields of the form that is sent on."""

    confirm_code = StringField(
        N_("Code from the app"),
        description=N_("Six digits. The app shows new ones every half minute."),
        validators=[required(N_("Write the code that your app shows.")), Length(max=40)],
        render_kw=_ONCE | {"inputmode": "numeric"},
    )


class NewPasswordForm(PageForm):
    """A new password, written twice."""

    new = PasswordField(
        N_("New password"),
        description=N_("At least 15 characters. Four or five words that nobody would guess do."),
        validators=[required(N_("Choose a password.")), Length(max=MOST)],
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        N_("The same password again"),
        validators=[EqualTo("new", N_("This is not the same password."))],
        render_kw={"autocomplete": "new-password"},
    )

    about: tuple[str, ...] = ()

    def validate_new(self, field: PasswordField) -> None:
        if is_too_short(field.data):
            raise ValidationError(
                gettext("Use at least %(least)s characters.", least=formats().count(LEAST))
            )
        if is_common(field.data, about=(*self.about, *parts().settings.name.values())):
            raise ValidationError(
                gettext("This is among the first that guessers try. Choose unusual words.")
            )


class JoinForm(NewPasswordForm):
    """Somebody who was invited chooses a password."""


class FirstForm(NewPasswordForm):
    """The first person says who they are, too."""

    name = StringField(N_("Name"), validators=[required(N_("Write your name.")), Length(max=200)])
    mail = EmailField(
        N_("Mail address"),
        validators=[
            required(N_("Write your mail address.")),
            Email(N_("Write an address such as name@example.org.")),
        ],
        render_kw=_MAIL,
    )
    language = RadioField(N_("Language of letters"), choices=LANGUAGE_CHOICES)
    field_order = ("name", "mail", "language", "new", "again")


class PasswordForm(NewPasswordForm):
    old = PasswordField(
        N_("Present password"),
        validators=[required(N_("Write your present password.")), Length(max=MOST)],
        render_kw={"autocomplete": "current-password"},
    )
    field_order = ("old", "new", "again")

    def validate_new(self, field: PasswordField) -> None:
        person = acting.person()
        self.about = (person.name, person.mail) if person else ()
        super().validate_new(field)
