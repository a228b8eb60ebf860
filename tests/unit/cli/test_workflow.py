"""From an edition to a published ranking, command by command."""

import csv
import json
from pathlib import Path

import pytest

from tests.conftest import Demo
from tests.unit.cli.conftest import Awards, call, on


def events(root: Path) -> int:
    return int(json.loads(on(root)("ledger", "verify", "--json").out)["events"])


def test_editions_are_listed_with_what_is_published(demo: Demo) -> None:
    told = on(demo.root)("edition", "list")
    lines = [line.split() for line in told.out.splitlines()]
    assert told.code == 0
    assert lines[0] == ["edition", "title", "period", "categories", "published"]
    assert sorted(line[0] for line in lines[1:]) == sorted(each["edition"] for each in demo.made)


def test_editions_are_listed_for_machines(awards: Awards) -> None:
    rows = json.loads(awards("edition", "list", "--json").out)
    assert [(row["edition"], row["disclosure"], row["published"]) for row in rows] == [
        ("kop-open", "open", None),
        ("kop-places", "places", None),
    ]
    assert rows[0]["categories"] == ["primary", "secondary"]


def test_an_edition_titled_in_indonesian_only_is_opened_and_listed(fresh: Path) -> None:
    opened = on(fresh)("edition", "open", "kop-open", "--program", "kop", "--decree", "SK-1")
    assert opened.out == "Opened kop-open: Koperasi Berprestasi (open).\n"
    assert "Koperasi Berprestasi (open)" in on(fresh)("edition", "list").out


def test_opening_makes_the_folder_of_a_new_instance(tmp_path: Path) -> None:
    root = tmp_path / "new" / "instance"
    told = on(root)("edition", "open", "ipm-2024", "--program", "ipm", "--decree", "SK-1")
    assert told.code == 0
    assert (root / "awards.sqlite3").is_file()


@pytest.mark.parametrize(
    "words",
    [
        ("edition", "list"),
        ("ranking", "ipm-2024/kabupaten-kota"),
        ("publish", "ipm-2024"),
        ("ledger", "verify"),
        ("edition", "open", "x", "--program", "no-such"),
        ("template", "--edition", "x", "--kind", "y"),
    ],
)
def test_a_mistyped_instance_is_refused_and_not_made(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    told = on(tmp_path / "typo")(*words)
    assert told.code == 1
    assert told.err
    assert list(tmp_path.iterdir()) == []


def test_a_category_that_is_not_decided_cannot_be_published(awards: Awards, root: Path) -> None:
    before = events(root)
    told = awards("publish", "kop-open")
    assert (told.code, told.out) == (1, "")
    assert "kop-open/primary is not decided yet" in told.err
    assert "awards decide kop-open/primary" in told.err
    assert events(root) == before


def test_a_proposal_is_only_shown_until_a_second_person_signs(awards: Awards, root: Path) -> None:
    before = events(root)
    told = awards("decide", "kop-open/primary")
    assert told.code == 0
    assert "Terbaik I" in told.out
    assert "Decided" not in told.out
    assert events(root) == before


def test_one_person_cannot_decide(awards: Awards, root: Path) -> None:
    before = events(root)
    told = awards("decide", "kop-open/primary", "--by", "Ketua", "--second", "ketua")
    assert told.code == 1
    assert "two different persons" in told.err
    assert events(root) == before


def test_a_decision_and_a_publication_make_the_ranking_readable(awards: Awards) -> None:
    decided = awards("decide", "kop-open/primary", "--second", "Sekretaris", "--by", "Ketua")
    assert decided.code == 0
    assert "Decided: 2 titles, on run " in decided.out
    published = awards("publish", "kop-open", "--json")
    assert json.loads(published.out)["edition"] == "kop-open"
    told = awards("ranking", "kop-open/primary")
    assert told.out.splitlines()[1].split() == [
        "1",
        "K0001",
        "Koperasi",
        "Satu",
        "92.05",
        "Terbaik",
        "I",
    ]


def test_the_ranking_is_printed_for_people_for_spreadsheets_and_for_machines(demo: Demo) -> None:
    awards, address = on(demo.root), "ipm-2024/kabupaten-kota"
    table = awards("ranking", address).out.splitlines()
    rows = json.loads(awards("ranking", address, "--format", "json").out)
    read = list(csv.DictReader(awards("ranking", address, "--format", "csv").out.splitlines()))
    assert (len(table), len(rows), len(read)) == (39, 38, 38)
    assert [row["id"] for row in rows] == [row["id"] for row in read]
    assert [float(row["total"]) for row in read] == [row["total"] for row in rows]
    assert rows[0]["title"] == "Peringkat I"
    assert max(len(line) for line in table) < 120


def test_a_candidate_called_like_a_formula_is_harmless_in_the_printed_csv(
    awards: Awards, tmp_path: Path
) -> None:
    data = tmp_path / "more.csv"
    data.write_text(
        "id,name,level,audited,active,surplus\nK0099,@SUM(A1),primary,1,99,99\n", "utf-8"
    )
    to = ("--edition", "kop-open", "--kind", "cooperative", "--numbers", "en", "--part", "more")
    assert awards("import", data, *to).code == 0
    assert awards("run", "start", "kop-open/primary").code == 0
    assert awards("decide", "kop-open/primary", "--second", "B", "--by", "A").code == 0
    assert awards("publish", "kop-open").code == 0
    told = awards("ranking", "kop-open/primary", "--format", "csv")
    assert next(csv.DictReader(told.out.splitlines()))["name"] == "'@SUM(A1)"


@pytest.mark.parametrize("address", ["kop-open/primary", "kop-1999/primary", "kop-open/none"])
def test_what_is_not_published_is_refused_like_what_is_not_there(
    awards: Awards, address: str
) -> None:
    told = awards("ranking", address)
    assert (told.code, told.out) == (1, "")
    assert told.err == f"{address} is not published. See: awards edition list\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("run", "start", "kop-open"), "EDITION/CATEGORY"),
        (("run", "start", "kop-1999/primary"), "kop-1999"),
        (("run", "start", "kop-open/none"), "It has: primary, secondary"),
        (("run", "start", "kop-places/primary"), "awards import FILE --edition kop-places"),
        (("run", "show", "ffffffffffff"), "ffffffffffff"),
        (("run", "show", "f"), "at least 6"),
        (("decide", "kop-open/primary", "--run", "ffffffffffff"), "ffffffffffff"),
        (("decide", "kop-places/primary"), "awards run start kop-places/primary"),
        (("certificate", "issue", "kop-open/primary"), "awards decide kop-open/primary"),
        (("edition", "open", "kop-open", "--program", "kop", "--decree", "SK-1"), "already"),
        (("edition", "open", "kop-open", "--program", "none"), "'none'"),
    ],
)
def test_what_is_refused_ends_with_1_and_says_what_to_do(
    awards: Awards, root: Path, words: tuple[str, ...], said: str
) -> None:
    before = events(root)
    told = awards(*words)
    assert (told.code, told.out) == (1, "")
    assert said in told.err
    assert "Traceback" not in told.err
    assert events(root) == before


@pytest.mark.parametrize(
    "words",
    [
        ("no-such-command",),
        ("run",),
        ("run", "show"),
        ("ranking", "a/b", "--format", "xml"),
        ("import", "no-such-file.csv", "--edition", "a", "--kind", "b"),
        ("decide", "a/b", "--date", "31-12-2024"),
        ("run", "verify", "bundle.zip"),
        ("ledger", "verify", "--expect", "1:ff"),
        ("serve", "--port", "x"),
    ],
)
def test_wrong_usage_ends_with_2(root: Path, words: tuple[str, ...]) -> None:
    assert call(*words).code == 2


def test_certificates_are_issued_with_their_files_once(demo: Demo) -> None:
    told = on(demo.root)("certificate", "issue", "ipm-2024/kabupaten-kota", "--json")
    assert (told.code, json.loads(told.out)) == (0, [])


def test_somebody_without_an_account_name_is_asked_for_one(
    awards: Awards, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nameless() -> str:
        raise KeyError("getpwuid(): uid not found: 12345")

    monkeypatch.setattr("getpass.getuser", nameless)
    told = awards("run", "start", "kop-open/primary")
    assert (told.code, told.err) == (1, "Your account has no name. Say who acts: --by NAME\n")


CONFIGS = {
    "not TOML": ("database =", "cannot be read"),
    "an unknown key": ('databse = "sqlite:///x"', "databse"),
    "another database": ('database = "mysql://localhost/x"', "mysql"),
    "no URL": ('database = "awards.sqlite3"', "database"),
    "no text": ("address = 5", "address"),
}


@pytest.mark.parametrize("case", CONFIGS)
def test_a_configuration_that_cannot_be_used_is_named(root: Path, case: str) -> None:
    content, said = CONFIGS[case]
    (root / "config.toml").write_text(content, "utf-8")
    told = on(root)("decide", "kop-open/primary", "--second", "B")
    assert (told.code, told.out) == (1, "")
    assert "config.toml" in told.err or "mysql" in told.err
    assert said in told.err


def test_a_plugin_that_raises_is_named_with_its_file_and_left_out_on_request(
    awards: Awards, root: Path
) -> None:
    (root / "plugins" / "broken.py").write_text("raise RuntimeError('no luck')\n", "utf-8")
    told = awards("run", "start", "kop-open/primary")
    assert told.code == 1
    for word in ("broken", str(root / "plugins" / "broken.py"), "no luck"):
        assert word in told.err
    assert "Traceback" not in told.err
    safe = awards("plugins", "--safe")
    assert safe.code == 0
    assert "cooperatives" in safe.out
    assert "no luck" in safe.err
