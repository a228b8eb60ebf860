"""The data guide: its commands bring its sample files from an empty instance to seals."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from awards.documents.templates import templates_folder
from awards.domain.records import Edition, Run, Snapshot
from awards.evaluation.columns import Standing
from awards.intake.types import ColumnMap
from awards.registry import load_plugins
from awards.services.crosswalks import import_crosswalk
from awards.services.editions import open_edition
from awards.services.explanation import explain_candidate
from awards.services.imports import Delivery, import_part, layout_of
from awards.services.runs import evaluate_category
from awards.services.sealed import SealedRun, read_run
from awards.services.snapshots import take_snapshot
from awards.services.targets import import_targets
from tests.architecture.checkout import ROOT
from tests.unit.services.world import ACT, World

PAGE = ROOT / "docs" / "data.md"
SAMPLES = ROOT / "docs" / "samples"
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(samples/([^)]+)\)")
LARGE, MEDIUM, SMALL = "usaha-besar", "usaha-menengah", "usaha-kecil-mikro"


@dataclass(frozen=True)
class Command:
    """One line of the page: what is called, on what, and the options given."""

    verb: str
    target: str
    options: dict[str, str]


def halves() -> tuple[str, str]:
    """The English and the Indonesian half of the page."""
    english, indonesian = PAGE.read_text("utf-8").split("\n# Panduan data\n")
    return english, indonesian


def commands(half: str) -> list[Command]:
    """The block that begins with opening the edition, in order."""
    block = next(each for each in BLOCK.findall(half) if "edition open" in each)
    lines = block.replace("\\\n", " ").splitlines()
    return [_command(words) for line in lines if (words := shlex.split(line, comments=True))]


def _command(words: list[str]) -> Command:
    first = next((at for at, word in enumerate(words) if word[:2] == "--"), len(words))
    options = dict(zip(words[first::2], words[first + 1 :: 2], strict=True))
    return Command(" ".join(words[1 : first - 1]), words[first - 1], options)


@dataclass
class Guided(World):
    """An instance on which the commands of the page are done, one after the other."""

    refused: dict[str, int] = field(default_factory=dict)
    snapshots: dict[str, Snapshot] = field(default_factory=dict)
    runs: dict[str, Run] = field(default_factory=dict)

    def do(self, command: Command) -> None:
        acts = {
            "edition open": self._open,
            "import": self._import,
            "crosswalk import": self._join,
            "targets import": self._aim,
            "run start": self._evaluate,
        }
        acts[command.verb](command)

    def run_of(self, category: str) -> SealedRun:
        return read_run(self.stores, self.runs[category])

    def standings(self, category: str) -> dict[str, Standing]:
        results = self.run_of(category).tables.results
        rows = results.select("id", "standing").collect().iter_rows()
        return {id_: Standing(standing) for id_, standing in rows}

    def _open(self, command: Command) -> None:
        program = command.options["--program"]
        open_edition(
            self.stores,
            command.target,
            program=program,
            rulebook=self.rulebook,
            act=ACT,
            decree=command.options["--decree"],
        )

    def _import(self, command: Command) -> None:
        given, path = command.options, ROOT / command.target
        records, scheme = given.get("--records"), given.get("--scheme")
        edition = self.edition(given["--edition"])
        as_of = date.fromisoformat(given["--as-of"]) if "--as-of" in given else None
        part = given.get("--part") or records or "main"
        with self.stores.archive.workspace() as work:
            imported = import_part(
                self.stores,
                path,
                edition=edition.code,
                layout=layout_of(
                    edition, given["--kind"], rulebook=self.rulebook, scheme=scheme, records=records
                ),
                column_map=ColumnMap(),
                delivery=Delivery(part=part, sender=given["--sender"], scheme=scheme, as_of=as_of),
                act=ACT,
                work=work,
            )
        self._keep(path, len(imported.inspection.refused) + len(imported.inspection.ignored))

    def _join(self, command: Command) -> None:
        path, kind = ROOT / command.target, self.rulebook.kind(command.options["--kind"])
        with self.stores.archive.workspace() as work:
            joined = import_crosswalk(self.stores, path, kind=kind, act=ACT, work=work)
        self._keep(path, len(joined.file.refused))

    def _aim(self, command: Command) -> None:
        path, edition = ROOT / command.target, self.edition(command.options["--edition"])
        imported = import_targets(
            self.stores, path, edition=edition, numbers=None, rulebook=self.rulebook, act=ACT
        )
        self._keep(path, len(imported.inspection.refused))

    def _evaluate(self, command: Command) -> None:
        code, category = command.target.split("/")
        edition = self.edition(code)
        definition = edition.definition.category(category)
        assert definition is not None
        self.runs[category] = evaluate_category(
            self.stores,
            edition,
            category=category,
            snapshot=self._snapshot(edition, definition.kind),
            rulebook=self.rulebook,
            act=ACT,
        )

    def _snapshot(self, edition: Edition, kind: str) -> Snapshot:
        if kind not in self.snapshots:
            self.snapshots[kind] = take_snapshot(
                self.stores, edition, kind=kind, rulebook=self.rulebook, act=ACT
            )
        return self.snapshots[kind]

    def _keep(self, path: Path, refused: int) -> None:
        self.refused[path.name] = refused


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guided]:
    designs = templates_folder() / "certificates"
    rulebook = load_plugins(entry_points=False, designs=designs).rulebook
    guided = Guided(tmp_path_factory.mktemp("guided"), rulebook)
    for command in commands(halves()[0]):
        guided.do(command)
    yield guided
    guided.stores.database.close()


def test_no_cell_of_any_sample_is_refused_or_left_out(done: Guided) -> None:
    assert done.refused == {path.name: 0 for path in SAMPLES.iterdir()}


def test_each_kind_is_locked_and_each_category_ranks_all_but_the_one_in_arrears(
    done: Guided,
) -> None:
    assert set(done.snapshots) == {"company", "regency-city", "village"}
    standings = {each: done.standings(each) for each in done.runs}
    assert {each: len(found) for each, found in standings.items()} == {
        LARGE: 3,
        MEDIUM: 3,
        SMALL: 3,
        "kabupaten-kota": 4,
        "desa-kelurahan": 4,
    }
    assert standings[MEDIUM].pop("JK00000203") == Standing.INELIGIBLE
    rest = {standing for found in standings.values() for standing in found.values()}
    assert rest == {Standing.RANKED}


def test_the_firm_with_two_numbers_has_the_workers_of_both_branches(done: Guided) -> None:
    found = explain_candidate(done.run_of(LARGE), "JI00000101", rulebook=done.rulebook)
    scored = next(each for each in found.criteria if each.head.code == "worker-coverage")
    workers = next(each for each in scored.score.values if each.code == "workers")
    assert workers.source is not None
    cells = [
        (each.file, each.address, each.value) for each in (workers.source, *workers.more_sources)
    ]
    assert (workers.value, cells) == (
        100,
        [("cabang-malang.csv", "E2", 40), ("cabang-surabaya.csv", "E2", 60)],
    )


@pytest.mark.parametrize("half", halves(), ids=["en", "id"])
def test_the_page_links_each_sample_and_its_commands_take_each_in(half: str) -> None:
    samples = sorted(path.name for path in SAMPLES.iterdir())
    targets = [each.target for each in commands(half) if each.target.startswith("docs/")]
    assert sorted(LINK.findall(half)) == samples
    assert sorted(targets) == [f"docs/samples/{name}" for name in samples]


def test_both_halves_give_the_same_commands() -> None:
    english, indonesian = halves()
    assert commands(english) == commands(indonesian)


def test_samples_are_short() -> None:
    rows = {path.name: len(path.read_text("utf-8").splitlines()) - 1 for path in SAMPLES.iterdir()}
    assert {name: count for name, count in rows.items() if not 1 <= count <= 12} == {}
