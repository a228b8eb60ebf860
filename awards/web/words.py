"""Words in the language of the page, typed; Flask-Babel looks them up."""

from collections.abc import Callable

import flask_babel

N_: Callable[[str], str] = flask_babel.lazy_gettext
"""Words that stand in a class, translated when they are shown."""


def gettext(message: str, /, **values: object) -> str:
    """*message* translated, its ``%(name)s`` gaps filled with *values*."""
    return str(flask_babel.gettext(message, **values))


def ngettext(one: str, many: str, number: int, /, **values: object) -> str:
    """The form that fits *number*, as ``gettext``."""
    return str(flask_babel.ngettext(one, many, number, **values))
