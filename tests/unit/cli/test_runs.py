"""``awards run``: show, explain, bundle and verify, with every exit code."""

import io
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from tests.conftest import Demo
from tests.unit.cli.conftest import Awards, on
from tests.unit.services.world import rules_in


@pytest.fixture
def seal(root: Path) -> str:
    """The run of kop-open/primary."""
    for path in (root / "runs").iterdir():
        manifest = json.loads((path / "manifest.json").read_bytes())
        if manifest["category"]["code"] == "primary":
            return path.name
    raise AssertionError("there is no such run")


def test_the_same_run_again_is_the_same_seal(awards: Awards, seal: str) -> None:
    told = awards("run", "start", "kop-open/primary", "--json")
    assert json.loads(told.out)["run"] == seal


def test_a_run_is_shown_by_the_beginning_of_its_seal(awards: Awards, seal: str) -> None:
    told = awards("run", "show", seal[:8].upper())
    assert told.code == 0
    assert told.out.splitlines()[0] == f"Run {seal}"
    assert "9 candidates: 7 ranked" in told.out


def test_the_manifest_is_shown_for_machines(awards: Awards, seal: str) -> None:
    manifest = json.loads(awards("run", "show", seal, "--json").out)
    assert (manifest["format"], manifest["edition"]) == ("awards-run/1", "kop-open")


def test_a_candidate_is_explained_with_value_cell_and_contribution(demo: Demo) -> None:
    told = on(demo.root)("run", "explain", demo.run("ipm-2024")[:12], "35.78")
    assert told.code == 0
    assert told.out.startswith("Kota Surabaya (35.78): place 1 of 38\n")
    assert "ipm_jatim_2020_2024.csv" in told.out
    assert [line[:7] for line in told.out.splitlines() if line.startswith("Total")] == ["Total 8"]


def test_an_explanation_says_how_much_is_measured(awards: Awards, seal: str) -> None:
    told = awards("run", "explain", seal, "K0002")
    assert "  measured: 2 of 3 criteria that arise\n" in told.out


def test_an_explanation_is_one_json_document(awards: Awards, seal: str) -> None:
    said = json.loads(awards("run", "explain", seal, "K0008", "--json").out)
    assert (said["standing"], said["gates"][0]["failed"]) == ("not eligible", True)


def test_an_unknown_candidate_is_refused(awards: Awards, seal: str) -> None:
    told = awards("run", "explain", seal, "K9999")
    assert (told.code, told.out) == (1, "")
    assert "Ids look like K0001" in told.err


def test_a_run_verified_is_the_same(awards: Awards, seal: str) -> None:
    told = awards("run", "verify", seal)
    assert (told.code, told.err) == (0, "")
    assert told.out.startswith("Same: computed again to ")
    assert awards("run", "verify", seal, "--json").code == 0


def test_a_verification_is_one_json_document(awards: Awards, seal: str) -> None:
    said = json.loads(awards("run", "verify", seal, "--json").out)
    assert (said["answer"], said["seal"], said["differing"]) == ("same", seal, 0)


def test_a_run_whose_file_was_altered_ends_with_3(awards: Awards, root: Path, seal: str) -> None:
    path = root / "runs" / seal / "results.parquet"
    pl.read_parquet(path).with_columns(pl.col("total") + 1).write_parquet(path)
    told = awards("run", "verify", seal)
    assert (told.code, told.out) == (3, "")
    assert "results.parquet" in told.err


def test_rules_that_changed_and_so_did_the_result_end_with_4(
    awards: Awards, root: Path, seal: str
) -> None:
    plugin = root / "plugins" / "cooperatives.py"
    source = plugin.read_text("utf-8")
    plugin.write_text(
        source.replace("getattr(i, indicator.code),", "getattr(i, indicator.code) * 0.5,"), "utf-8"
    )
    told = awards("run", "verify", seal)
    assert told.code == 4
    assert "plugin cooperatives" in told.err
    assert "cannot be compared" in told.err
    assert "K0001" in told.out


def test_rules_that_changed_without_consequence_end_with_0(
    awards: Awards, root: Path, seal: str
) -> None:
    plugin = root / "plugins" / "cooperatives.py"
    plugin.write_text(plugin.read_text("utf-8") + "\n# a remark\n", "utf-8")
    told = awards("run", "verify", seal)
    assert told.code == 0
    assert "plugin cooperatives" in told.out


@pytest.fixture
def bundle(awards: Awards, seal: str, tmp_path: Path) -> Path:
    path = tmp_path / "bundle.zip"
    told = awards("run", "bundle", seal, "--output", path, "--for", "Inspektorat")
    assert told.code == 0
    assert told.out.startswith(f"Wrote {path}: everything about run {seal}.\n")
    return path


def test_a_bundle_is_verified_where_there_is_no_instance(
    bundle: Path, seal: str, tmp_path: Path
) -> None:
    empty = rules_in(tmp_path / "elsewhere")
    told = on(empty)("run", "verify", bundle, "--seal", seal.upper())
    assert (told.code, told.err) == (0, "")
    assert told.out.startswith("Same: ")
    assert sorted(path.name for path in empty.iterdir()) == ["plugins"]


def test_a_bundle_never_overwrites_a_file(awards: Awards, seal: str, bundle: Path) -> None:
    before = bundle.read_bytes()
    assert awards("run", "bundle", seal, "--output", bundle, "--for", "X").code == 1
    assert bundle.read_bytes() == before


def packed(path: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    """Pack the bundle again, each file as *change* makes it."""
    with zipfile.ZipFile(path) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in contents.items():
            changed = change(name, content)
            if changed is not None:
                archive.writestr(name, changed)


SEALED = (
    "manifest.json",
    "snapshot.json",
    "cells.parquet",
    "results.parquet",
    "snapshot.parquet",
    "sources.parquet",
)


def altered(name: str, content: bytes) -> bytes:
    """Other values in a table that stays well formed; one more space in JSON."""
    if name.endswith(".json"):
        return content + b" "
    table, changed = pl.read_parquet(content), io.BytesIO()
    table.with_columns(id=pl.col("id") + "x").write_parquet(changed)
    return changed.getvalue()


@pytest.mark.parametrize("which", SEALED)
def test_a_bundle_with_any_file_altered_ends_with_3(bundle: Path, seal: str, which: str) -> None:
    packed(bundle, lambda name, content: altered(name, content) if name == which else content)
    told = on(bundle.parent)("run", "verify", bundle, "--seal", seal)
    assert (told.code, told.out, which in told.err) == (3, "", True), told.err
    assert "Traceback" not in told.err


def test_a_bundle_for_another_seal_ends_with_3(bundle: Path) -> None:
    told = on(bundle.parent)("run", "verify", bundle, "--seal", "0" * 64)
    assert told.code == 3
    assert "manifest.json" in told.err


def test_a_public_bundle_without_data_cannot_be_computed_again(bundle: Path, seal: str) -> None:
    packed(bundle, lambda name, content: None if name.endswith(".parquet") else content)
    told = on(bundle.parent)("run", "verify", bundle, "--seal", seal)
    assert (told.code, told.out) == (1, "")
    assert "cells.parquet" in told.err


def test_names_in_a_bundle_lead_nowhere_else(bundle: Path, seal: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(bundle, "a") as archive:
        archive.writestr("../escaped.txt", "x")
        archive.writestr("/escaped.txt", "x")
    assert on(tmp_path)("run", "verify", bundle, "--seal", seal).code == 4
    assert list(tmp_path.rglob("escaped.txt")) == []


def damage_packing(path: Path) -> None:
    content = bytearray(path.read_bytes())
    start = content.index(b"manifest.json") + len("manifest.json") + 10
    content[start : start + 40] = bytes(40)
    path.write_bytes(bytes(content))


@pytest.mark.parametrize(
    "damage",
    [
        damage_packing,
        lambda path: path.write_bytes(path.read_bytes()[:-30]),
        lambda path: path.write_bytes(b"no archive"),
    ],
)
def test_a_damaged_bundle_ends_with_3(
    bundle: Path, seal: str, damage: Callable[[Path], None]
) -> None:
    damage(bundle)
    told = on(bundle.parent)("run", "verify", bundle, "--seal", seal)
    assert (told.code, told.out) == (3, "")
    assert "bundle.zip cannot be read" in told.err


def test_a_bundle_that_is_not_there_ends_with_1(tmp_path: Path) -> None:
    told = on(tmp_path)("run", "verify", tmp_path / "no.zip", "--seal", "0" * 64)
    assert (told.code, told.out) == (1, "")


def test_a_ledger_that_was_cut_is_noticed_with_a_checkpoint(demo: Demo, tmp_path: Path) -> None:
    whole = json.loads(on(demo.root)("ledger", "verify", "--json").out)
    assert whole["intact"]
    proven = on(demo.root)("ledger", "verify", "--expect", whole["head"])
    assert proven.code == 0
    seq, own = whole["head"].split(":")
    told = on(demo.root)("ledger", "verify", "--expect", f"{int(seq) + 1}:{own}")
    assert told.code == 3
    shutil.rmtree(tmp_path)


def test_robustness_is_made_with_a_run_shown_and_verified_by_its_seal(
    awards: Awards, seal: str
) -> None:
    said = json.loads(awards("run", "robustness", seal, "--json").out)
    assert (said["run"], said["draws"], said["first"][0]["place"]) == (seal, 2_000, 1)
    told = awards("run", "robustness", seal[:12])
    assert told.out.startswith(f"Robustness {said['robustness']} of run {seal[:12]}\n")
    assert "It varies weights, scales and aggregations, not facts." in told.out
    verified = awards("run", "verify", said["robustness"][:12])
    assert (verified.code, verified.out.split(":")[0]) == (0, "Same")


def test_other_draws_are_made_anew_and_are_then_in_force(awards: Awards, seal: str) -> None:
    first = json.loads(awards("run", "robustness", seal, "--json").out)
    second = json.loads(awards("run", "robustness", seal, "--draws", "10", "--json").out)
    assert (second["draws"], second["robustness"] != first["robustness"]) == (10, True)
    assert json.loads(awards("run", "robustness", seal, "--json").out) == second


def test_robustness_may_be_left_out(awards: Awards, seal: str) -> None:
    said = json.loads(awards("run", "start", "kop-open/primary", "--no-robustness", "--json").out)
    assert (said["run"], said["robustness"]) == (seal, None)


def test_an_explanation_says_how_firm_the_place_is(awards: Awards, seal: str) -> None:
    said = json.loads(awards("run", "explain", seal, "K0001", "--json").out)
    low, high = said["robustness"]["interval"]
    told = awards("run", "explain", seal, "K0001").out
    assert f"Place {low} to {high} in 90% of 2000 draws" in told
    assert json.loads(awards("run", "explain", seal, "K0008", "--json").out)["robustness"] is None


def test_a_what_if_says_that_it_is_no_result(awards: Awards, root: Path, seal: str) -> None:
    manifest = json.loads((root / "runs" / seal / "manifest.json").read_bytes())
    tree = manifest["category"]["definition"]["tree"]
    code = next(each["criterion"] for each in tree["children"] if "criterion" in each)
    told = awards("run", "what-if", seal, "--weight", f"{code}=1000")
    assert (told.code, told.out.split(":")[0]) == (0, "What if, not a result")
    words = ("--weight", f"{code}=1000", "--record", "--reason", "Asked", "--json")
    said = json.loads(awards("run", "what-if", seal, *words).out)
    assert (said["is_result"], len(said["kept"])) == (False, 64)
    assert awards("run", "show", said["kept"]).code == 1


@pytest.mark.parametrize("words", [("--weight", "x"), ("--weight", "x=y"), ("--missing", "x=y")])
def test_a_change_of_the_wrong_form_is_wrong_usage(
    awards: Awards, seal: str, words: tuple[str, str]
) -> None:
    assert awards("run", "what-if", seal, *words).code == 2


def test_a_change_that_the_rules_do_not_have_is_refused(awards: Awards, seal: str) -> None:
    told = awards("run", "what-if", seal, "--weight", "nothing=2")
    assert (told.code, told.out) == (1, "")


def test_two_runs_are_compared_in_words_and_for_machines(awards: Awards, seal: str) -> None:
    told = awards("run", "diff", seal[:12], seal[:12])
    assert (told.code, told.err) == (0, "")
    assert "7 same" in told.out
    said = json.loads(awards("run", "diff", seal, seal, "--candidate", "K0001", "--json").out)
    assert (said["counts"]["same"], said["changed"]) == (7, [])
    assert [(each["id"], each["shares"]) for each in said["moved"]] == [("K0001", [])]
    assert json.loads(awards("run", "diff", seal, seal, "--json").out)["moved"] == []


def test_as_many_are_listed_as_were_asked_for(awards: Awards, seal: str) -> None:
    words = ("run", "diff", seal, seal, "--candidate", "K0001", "--candidate", "K0002", "--json")
    assert len(json.loads(awards(*words).out)["moved"]) == 2
    assert len(json.loads(awards(*words, "--most", "1").out)["moved"]) == 1


def test_an_explanation_says_what_would_lift_and_what_peers_have(awards: Awards, seal: str) -> None:
    told = awards("run", "explain", seal, "K0006")
    assert "Peers: all 7 ranked" in told.out
    assert "To rise one place, any one of these:" in told.out
    assert "+5.29" in told.out
    assert "What an absent value would mean" in told.out
