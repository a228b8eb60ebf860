"""The composition root: one instance's database, files and rules, built on demand."""

import functools
import getpass
import os
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import click

from awards.cli.mail import read_mail
from awards.cli.spark import SparkSettings, read_spark
from awards.domain.errors import NotFound, Refused
from awards.registry import load_plugins
from awards.sdk.rulebook import RuleBook
from awards.services.apart import Apart
from awards.services.computing import Compute
from awards.services.mail import Mailer
from awards.services.on_spark import OnSpark
from awards.services.run_limits import RunLimits
from awards.services.stores import Act, Stores
from awards.storage.archive import Archive
from awards.storage.database import Database, open_database
from awards.storage.ledger_key import KeyFile
from awards.storage.mail import MailServer, OutboxMailer, SmtpMailer

R = TypeVar("R")

DEFAULT_ADDRESS = "http://localhost:8000"


@dataclass(frozen=True)
class Settings:
    """What ``instance/config.toml`` may say; every key is optional.

    ``proxies`` is how many stand in front; ``mail`` is None where letters become files;
    ``auditors`` are addresses that get every checkpoint of the ledger; ``spark`` is
    where runs are computed instead of on this machine.
    """

    database: str
    address: str
    runs: RunLimits
    proxies: int = 0
    mail: MailServer | None = None
    auditors: tuple[str, ...] = ()
    spark: SparkSettings | None = None


class Instance:
    """Everything that one installation holds, under one folder.

    Nothing is opened before it is asked for, and only `create` makes the folder.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def create(self) -> None:
        """Make the folder, unless it is there."""
        self.root.mkdir(parents=True, exist_ok=True)

    @cached_property
    def settings(self) -> Settings:
        """Raises `Refused` for a configuration that cannot be used."""
        path = self.root / "config.toml"
        said = _read_config(path) if path.is_file() else {}
        default = f"sqlite:///{self.root.resolve() / 'awards.sqlite3'}"
        settings = Settings(
            database=str(said.get("database", default)),
            address=str(said.get("address", DEFAULT_ADDRESS)),
            runs=_limits(said.get("runs", {}), path),
            proxies=int(said.get("proxies", 0)),
            mail=read_mail(said["mail"], path) if "mail" in said else None,
            auditors=tuple(str(each) for each in said.get("auditors", ())),
            spark=read_spark(said["spark"], path) if "spark" in said else None,
        )
        if "://" not in settings.database:
            raise Refused(
                f"{path} sets the database {settings.database!r}, which is no URL. "
                "Write sqlite:///FILE or postgresql+psycopg://USER@HOST/NAME."
            )
        if not settings.address.startswith(("http://", "https://")):
            raise Refused(
                f"{path} sets the address {settings.address!r}. Begin it with https:// or http://."
            )
        return settings

    @cached_property
    def database(self) -> Database:
        """The database, brought up to this version of the program.

        Raises `NotFound` when there is no such folder: a mistyped name makes none.
        """
        self.refuse_missing()
        database = self.untouched_database
        database.migrate()
        return database

    def refuse_missing(self) -> None:
        """Raise `NotFound` when there is no such folder."""
        if not self.root.is_dir():
            raise NotFound(
                f"There is no instance {self.root}. Name another with --instance, or start one: "
                "awards user add, awards edition open, or awards demo."
            )

    @property
    def untouched_database(self) -> Database:
        """The database as it is, whatever version of the program was there last."""
        return open_database(self.settings.database, key=self.ledger_key)

    @property
    def ledger_key(self) -> KeyFile:
        """What signs the ledger's checkpoints; made with the first one."""
        return KeyFile(self.root / "ledger.key")

    @cached_property
    def archive(self) -> Archive:
        return Archive(self.root)

    @cached_property
    def stores(self) -> Stores:
        """For acts. What processes that were killed left behind is swept away first."""
        database = self.database
        self.archive.sweep()
        return Stores(database, self.archive)

    @cached_property
    def compute(self) -> Apart:
        """The process that runs are computed in; `close` ends it."""
        return Apart(self.settings.runs)

    def compute_on(self, engine: str | None) -> Compute:
        """What computes a run: the engine that is named, else Spark where one is
        configured. Raises `Refused` for Spark where none is."""
        spark = self.settings.spark
        if engine == "polars" or (engine is None and spark is None):
            return self.compute
        if spark is None:
            raise Refused(
                f"{self.root / 'config.toml'} names no Spark. Add a table: [spark] with "
                'address = "local[2]", or leave out --engine spark.'
            )
        return OnSpark(spark.address, shared=spark.folder)

    def close(self) -> None:
        """End what was started."""
        if "compute" in self.__dict__:
            self.compute.close()

    @cached_property
    def mailer(self) -> Mailer:
        """By the configured server, else into ``outbox/``."""
        if self.settings.mail is not None:
            return SmtpMailer(self.settings.mail)
        return OutboxMailer(self.root / "outbox")

    @cached_property
    def rulebook(self) -> RuleBook:
        """All rules, those of ``plugins/`` in the instance included."""
        folder = self.root / "plugins"
        return load_plugins(folder=folder if folder.is_dir() else None).rulebook


def _read_config(path: Path) -> dict[str, Any]:
    try:
        said = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refused(f"{path} cannot be read: {error}. Correct it.") from error
    unknown = sorted(said.keys() - _KINDS.keys())
    if unknown:
        raise Refused(
            f"{path} sets {', '.join(unknown)}, which nothing reads. It may set database, "
            "a URL; address, under which certificates can be verified; proxies, how many "
            "stand in front; auditors, addresses that get every checkpoint; and the tables "
            "mail, runs and spark."
        )
    for name, value in said.items():
        kind, how = _KINDS[name]
        if type(value) is not kind:
            raise Refused(f"{path} sets {name} to {value!r}. {how}")
    return said


_KINDS: dict[str, tuple[type, str]] = {
    "database": (str, "Write it in quotation marks."),
    "address": (str, "Write it in quotation marks."),
    "proxies": (int, "Write a whole number."),
    "auditors": (list, 'Write a list of addresses: ["auditor@example.org"].'),
    "mail": (dict, "Write it as a table: [mail]."),
    "runs": (dict, "Write it as a table: [runs]."),
    "spark": (dict, "Write it as a table: [spark]."),
}


def _limits(said: dict[str, Any], path: Path) -> RunLimits:
    known = [each.name for each in fields(RunLimits)]
    if said.keys() - set(known):
        raise Refused(f"{path}: [runs] may set {', '.join(known)} and nothing else. Correct it.")
    for name, value in said.items():
        if type(value) is not int or value < 1:
            raise Refused(f"{path}: [runs] sets {name} to {value!r}. Write a number of 1 or more.")
    return RunLimits(**said)


def act_of(by: str | None) -> Act:
    """Who acts, and now: the name given, else the account's.

    Raises `Refused` for an account without a name when none is given.
    """
    return Act(by=by or _account(), at=datetime.now(UTC))


def _account() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError) as error:
        raise Refused("Your account has no name. Say who acts: --by NAME") from error


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
        instance = Instance(root)
        try:
            return command(instance, *args, **kwargs)
        finally:
            instance.close()

    return wrapped


by_option = click.option("--by", help="Who acts; else the name of your account.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print for machines.")
