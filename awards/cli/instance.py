"""The composition root: one instance's database, files and rules, built on demand."""

import functools
import getpass
import os
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import click

from awards.domain.errors import Refused
from awards.registry import load_plugins
from awards.sdk.rulebook import RuleBook
from awards.services.stores import Act, Stores
from awards.storage.archive import Archive
from awards.storage.database import Database, open_database

R = TypeVar("R")

DEFAULT_ADDRESS = "http://localhost:8000"


@dataclass(frozen=True)
class Settings:
    """What ``instance/config.toml`` may say; every key is optional."""

    database: str
    address: str


class Instance:
    """Everything that one installation holds, under one folder.

    Nothing is opened before it is asked for.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    @cached_property
    def settings(self) -> Settings:
        """Raises `Refused` for a configuration that cannot be read."""
        path = self.root / "config.toml"
        said: dict[str, object] = {}
        if path.is_file():
            try:
                said = tomllib.loads(path.read_text("utf-8"))
            except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
                raise Refused(f"{path} cannot be read: {error}. Correct it.") from error
        unknown = sorted(said.keys() - {"database", "address"})
        if unknown:
            raise Refused(
                f"{path} sets {', '.join(unknown)}, which nothing reads. It may set database, "
                "a URL, and address, under which certificates can be verified."
            )
        default = f"sqlite:///{self.root.resolve() / 'awards.sqlite3'}"
        return Settings(
            database=str(said.get("database", default)),
            address=str(said.get("address", DEFAULT_ADDRESS)),
        )

    @cached_property
    def database(self) -> Database:
        """The database, brought up to this version of the program."""
        self.root.mkdir(parents=True, exist_ok=True)
        database = open_database(self.settings.database)
        database.migrate()
        return database

    @cached_property
    def archive(self) -> Archive:
        return Archive(self.root)

    @cached_property
    def stores(self) -> Stores:
        return Stores(self.database, self.archive)

    @cached_property
    def rulebook(self) -> RuleBook:
        """All rules, those of ``plugins/`` in the instance included."""
        folder = self.root / "plugins"
        return load_plugins(folder=folder if folder.is_dir() else None).rulebook


def act_of(by: str | None) -> Act:
    """Who acts, and now: the name given, else the account's."""
    return Act(by=by or getpass.getuser(), at=datetime.now(UTC))


def with_instance(command: Callable[..., R]) -> Callable[..., R]:
    """Give *command* the instance that ``--instance`` names as its first argument."""

    @click.option(
        "--instance",
        "root",
        type=click.Path(file_okay=False, path_type=Path),
        default=lambda: Path(os.environ.get("AWARDS_INSTANCE", "instance")),
        show_default="instance",
        help="Folder of the instance.",
    )
    @functools.wraps(command)
    def wrapped(*args: Any, root: Path, **kwargs: Any) -> R:
        return command(Instance(root), *args, **kwargs)

    return wrapped


by_option = click.option("--by", help="Who acts; else the name of your account.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print for machines.")
