"""Why a file as a whole is refused."""

from typing import Self

from awards.domain.errors import Refused
from awards.intake.display import printable
from awards.intake.file_reasons import FILE_REASONS


class UnreadableFile(Refused):
    """A file cannot be read as a table. ``reason`` says why, and what to do, in
    each language; ``code`` names the reason for machines."""

    def __init__(self, code: str, **values: str | int) -> None:
        self.code = code
        self.values = values
        shown = {name: printable(str(value)) for name, value in values.items()}
        self.reason = {
            language: words.format_map(shown) for language, words in FILE_REASONS[code].items()
        }
        super().__init__(self.reason["en"])

    def in_file(self, name: str) -> Self:
        """The same refusal with the file's name before the words."""
        named = type(self)(self.code, **self.values)
        named.reason = {
            language: f"{printable(name)}: {words}" for language, words in self.reason.items()
        }
        named.args = (named.reason["en"],)
        return named


class UnusableColumns(UnreadableFile):
    """The titles do not tell what the columns hold."""


class BadColumnMap(UnreadableFile):
    """A mapping file, or an option beside it, asks for something that is not there."""
