"""Where the templates lie, and the environment that fills those of documents."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError

import awards
from awards.domain.errors import Refused


class VariablesMissing(Refused):
    """A template asks for values that nobody gave, or cannot be filled at all."""


def templates_folder() -> Path:
    """Return the folder of the templates.

    In the wheel it is ``awards/_templates``; in an editable checkout it is
    ``templates`` beside the package.
    """
    package = Path(awards.__file__).parent
    packaged = package / "_templates"
    return packaged if packaged.is_dir() else package.parent / "templates"


def build_environment(folder: Path) -> Environment:
    """Return the Jinja2 environment for the documents in *folder*.

    Everything is escaped, whatever the file's name, and a variable that nobody
    gave is an error.
    """
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def fill_template(folder: Path, name: str, *, values: Mapping[str, object]) -> str:
    """Return the template *name* of *folder* filled with *values*.

    Raises `VariablesMissing` with all the names that it uses and nobody gave, so that
    they are known before anything is issued.
    """
    missing: list[str] = []
    environment = build_environment(folder).overlay(undefined=_collect_into(missing))
    try:
        text = environment.get_template(name).render(values)
    except TemplateError as error:
        raise VariablesMissing(
            f"{name} of {folder.name} cannot be filled: {error}. Correct the template."
        ) from None
    if missing:
        raise VariablesMissing(
            f"{name} of {folder.name} uses {', '.join(dict.fromkeys(missing))}, which nobody "
            "gives. Correct the template, or add the word to design.toml."
        )
    return text


def _collect_into(missing: list[str]) -> type[StrictUndefined]:
    class Collected(StrictUndefined):
        """Prints as nothing and notes the name; anything else with it is an error."""

        __slots__ = ()

        def __str__(self) -> str:  # type: ignore[override]
            missing.append(str(self._undefined_name))
            return ""

        def __iter__(self) -> Iterator[str]:  # type: ignore[override]
            return iter(str(self))

        def __bool__(self) -> bool:  # type: ignore[override]
            return bool(str(self))

    return Collected
