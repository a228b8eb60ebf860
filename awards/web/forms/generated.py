"""Forms made from the parameters that a plugin declares: a new plugin needs no form code.

Every field of a pydantic model becomes a field of the form: numbers, whole numbers, yes or
no, choices, text, words in each language, lists and tables. What is of no such type is
written as JSON.
"""

import json
from collections.abc import Mapping
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from wtforms import BooleanField, Field, RadioField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from awards.web.formats import format_number, formats
from awards.web.forms.base import PageForm
from awards.web.forms.cells import Table, bare, cells_of, label_among, table_of
from awards.web.forms.fields import NumberField
from awards.web.forms.rows import RowsField
from awards.web.language import choose_language
from awards.web.words import gettext

_NOT_SET = "-"


class WholeField(NumberField):
    """A whole number."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        if self.data is not None and self.data != int(self.data):
            typed = valuelist[0]
            raise ValueError(gettext("“%(typed)s” is no whole number.", typed=typed))
        self.data = None if self.data is None else int(self.data)


class JsonField(TextAreaField):  # type: ignore[misc]
    """A value of any shape, as JSON."""

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else json.dumps(self.data, ensure_ascii=False, indent=1)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            self.data = json.loads(valuelist[0]) if valuelist and valuelist[0].strip() else None
        except json.JSONDecodeError as error:
            raise ValueError(gettext("This is no JSON: %(error)s", error=error)) from error


def generated_form(
    base: type[PageForm], models: Mapping[str, type[BaseModel] | None]
) -> type[PageForm]:
    """*base* with a field for every parameter of *models*, each named by its prefix."""
    fields = {
        prefix + name: _field(name, info)
        for prefix, model in models.items()
        if model is not None
        for name, info in model.model_fields.items()
    }
    order = (*base.field_order, *fields)
    return type(f"Generated{base.__name__}", (base,), {**fields, "field_order": order})


def shown_values(
    prefix: str, model: type[BaseModel] | None, given: Mapping[str, Any]
) -> dict[str, Any]:
    """What the fields show of the parameters *given*: defaults where nothing was said."""
    if model is None:
        return {}
    return {
        prefix + name: _plain(given.get(name, _default(info)), info)
        for name, info in model.model_fields.items()
    }


def read_parameters(form: PageForm, prefix: str, model: type[BaseModel] | None) -> dict[str, Any]:
    """The parameters that were typed, without what is as usual. Where *model* refuses them
    the form says so beside the field."""
    if model is None:
        return {}
    found: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        value = _typed(form[prefix + name])
        if value is not None and value != _plain(_default(info), info):
            found[name] = value
    try:
        checked = model.model_validate(found)
    except ValidationError as error:
        _tell(form, prefix, error)
        return found
    return checked.model_dump(mode="json", include=set(found))


def _field(name: str, info: FieldInfo) -> Any:
    plain, label = bare(info.annotation)
    label = label_among(info.metadata) or label
    words = formats()
    said: dict[str, Any] = {
        "label": words.text(label.title) if label else info.title or _readable(name),
        "description": _hint(info, words.text(label.hint) if label and label.hint else ""),
    }
    if plain in _FIELDS:
        return _FIELDS[plain](**said)
    if get_origin(plain) is Literal:
        return RadioField(**said, choices=_choices(plain, info), validate_choice=False)
    cells = cells_of(plain)
    if cells is not None:
        return RowsField(**said, table=Table(cells=cells), one=True)
    table = table_of(plain)
    return RowsField(**said, table=table) if table else JsonField(**said)


_FIELDS: dict[Any, type[Field]] = {
    float: NumberField,
    int: WholeField,
    bool: BooleanField,
    str: StringField,
}


def _choices(annotation: Any, info: FieldInfo) -> list[SelectChoice]:
    offered = [SelectChoice(str(each), _readable(str(each))) for each in get_args(annotation)]
    if info.is_required() or info.default is not None:
        return offered
    return [SelectChoice(_NOT_SET, gettext("not set")), *offered]


def _hint(info: FieldInfo, own: str) -> str:
    bounds = [
        (gettext("at least %(number)s"), "ge"),
        (gettext("more than %(number)s"), "gt"),
        (gettext("at most %(number)s"), "le"),
        (gettext("less than %(number)s"), "lt"),
    ]
    told = [own or info.description or ""]
    for words, name in bounds:
        for each in _constraints(info):
            limit = getattr(each, name, None)
            if isinstance(limit, int | float):
                number = format_number(limit, choose_language(), decimals=9, trim=True)
                told.append(words.replace("%(number)s", number))
    if not info.is_required() and info.default is None:
        told.append(gettext("may be left empty"))
    return "; ".join(each for each in told if each)


def _constraints(info: FieldInfo) -> list[Any]:
    found = list(info.metadata)
    annotation = info.annotation
    for each in get_args(annotation) or (annotation,):
        if get_origin(each) is Annotated:
            found += get_args(each)[1:]
    return [deep for each in found for deep in (getattr(each, "metadata", None) or [each])]


def _typed(field: Field) -> Any:
    value = field.data
    if isinstance(field, RadioField):
        return None if value in (None, "", _NOT_SET, "None") else value
    return None if value == "" else value


def _default(info: FieldInfo) -> Any:
    return None if info.is_required() else info.get_default(call_default_factory=True)


def _plain(value: Any, info: FieldInfo) -> Any:
    """*value* as JSON would hold it, for fields and for comparing."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, tuple | list):
        return [_plain(each, info) for each in value]
    if isinstance(value, dict):
        return {key: _plain(each, info) for key, each in value.items()}
    return value


def _tell(form: PageForm, prefix: str, error: ValidationError) -> None:
    for each in error.errors(include_url=False):
        place = each["loc"]
        words = _words(each["type"], each["msg"], each.get("ctx", {}))
        name = f"{prefix}{place[0]}" if place else None
        if name is None or name not in form:
            form.refuse(words)
        elif not form[name].errors:
            rows = [part + 1 for part in place[1:] if isinstance(part, int)]
            told = gettext("Row %(row)s: %(words)s", row=rows[0], words=words) if rows else words
            form.refuse(told, field=name)


def _words(kind: str, message: str, context: Mapping[str, Any]) -> str:
    """What pydantic refused, in the language of the page where it is a usual thing."""
    known = {
        "missing": gettext("Fill this in."),
        "greater_than": gettext("Write a number above %(limit)s.", limit=context.get("gt", "")),
        "greater_than_equal": gettext("Write %(limit)s or more.", limit=context.get("ge", "")),
        "less_than": gettext("Write a number below %(limit)s.", limit=context.get("lt", "")),
        "less_than_equal": gettext("Write %(limit)s or less.", limit=context.get("le", "")),
        "too_short": gettext("Fill in more rows."),
        "string_pattern_mismatch": gettext("This is not written as it has to be."),
    }
    return known.get(kind) or message.removeprefix("Value error, ")


def _readable(name: str) -> str:
    plain = name.replace("_", " ").replace("-", " ")
    return plain[:1].upper() + plain[1:]
