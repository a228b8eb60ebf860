"""The form that all forms are: protected, readable, and nothing typed is lost."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

from flask import g
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import Field, HiddenField, IntegerField
from wtforms.widgets import CheckboxInput, HiddenInput, PasswordInput, RadioInput, Select

from awards.domain.errors import EditConflict, NotFound, Refused
from awards.web.refusals import words_of

T = TypeVar("T")

_CLASSES = (
    (HiddenInput, ""),
    ((CheckboxInput, RadioInput), "form-check-input"),
    (Select, "form-select"),
)


@dataclass(frozen=True)
class Problem:
    """What is wrong with one field: ``target`` is the id to jump to."""

    target: str
    label: str
    message: str


class PageForm(FlaskForm):  # type: ignore[misc]
    """Fields say by themselves how they look and what describes them.

    ``form_id`` tells several forms on one page apart; ``refused`` is what a service said
    of the whole form.
    """

    form_id: ClassVar[str] = "form"
    field_order: ClassVar[tuple[str, ...]] = ()
    """The order on the page, where it is not that of the class."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        def render_field(self, field: Field, render_kw: dict[str, Any]) -> Markup:
            own = _attributes(field)
            return Markup(super().render_field(field, own | render_kw))  # noqa: S704 - escaped

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.refused: str | None = None
        g.awards_form = self

    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong, in the order of the fields, for the top of the page."""
        general = [Problem(self.form_id, "", self.refused)] if self.refused else []
        return (*general, *self._of_fields())

    def refuse(self, words: str, *, field: str | None = None) -> None:
        """Say that the form cannot be taken, beside *field* or of the whole."""
        if field is None:
            self.refused = words
        else:
            self[field].errors = (*self[field].errors, words)

    def typed(self) -> tuple[Field, ...]:
        """The fields that people fill in, in their order on the page."""
        hidden = (HiddenField, IntegerField)
        return tuple(
            each
            for each in self._ordered()
            if each.name != "csrf_token"
            and not (isinstance(each, hidden) and isinstance(each.widget, HiddenInput))
        )

    def _of_fields(self) -> Iterator[Problem]:
        for field in self._ordered():
            for error in field.errors:
                yield Problem(field.id, str(field.label.text), str(error))

    def _ordered(self) -> Iterator[Field]:
        names = dict.fromkeys((*self.field_order, *(each.name for each in self)))
        return (self[name] for name in names if name in self)


class VersionedForm(PageForm):
    """A form about something that two people may edit: it carries the version seen."""

    version = IntegerField(widget=HiddenInput())


def tried(form: PageForm, act: Callable[[], T]) -> T | None:
    """What *act* returns; None when it was refused, and then the form says why.

    For acts that return something. A conflict and an unknown name are pages of their own.
    """
    try:
        return act()
    except (EditConflict, NotFound):
        raise
    except Refused as error:
        form.refuse(words_of(error))
        return None


def _attributes(field: Field) -> dict[str, str]:
    css = next((each for kinds, each in _CLASSES if isinstance(field.widget, kinds)), None)
    said = {"class": "form-control" if css is None else css}
    described = [f"{field.id}-hint"] if field.description else []
    if field.errors:
        said |= {"aria-invalid": "true", "class": f"{said['class']} is-invalid"}
        described.insert(0, f"{field.id}-error")
    if isinstance(field.widget, PasswordInput):
        said |= {"spellcheck": "false", "autocapitalize": "none"}
    return said | ({"aria-describedby": " ".join(described)} if described else {})
