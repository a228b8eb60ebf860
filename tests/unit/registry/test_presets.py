"""A preset that cannot work is refused when it is registered."""

from pathlib import Path
from typing import Any

import pytest

from awards.registry import Loaded, load_plugins
from awards.sdk import PluginError
from tests.unit.registry.plugins import GOOD, load, write

PROGRAM = (
    GOOD.replace(
        "import COMPANY",
        "import CategoryDefinition, CertificateDesign, CertificateWording, EditionDefinition, "
        "Gate, Group, Kind, Leaf, Program, ProgramDefinition, Sample, Signatory, Use, COMPANY",
    )
    + """
from datetime import date
from pathlib import Path

OTHER = Kind(code="harbor", title={"en": "Harbor"}, scheme="x", id_title={"en": "Id"},
             id_pattern="[0-9]+", id_example="1")
GATE = Gate(code="has-staff", title={"en": "Staff"}, reason={"en": "No staff"},
            applies_to=(COMPANY,), indicators=(STAFF,), passes=lambda i: i.staff > 0)
WORDING = CertificateWording(
    issuer={"en": "I"}, unit={"en": "U"}, city="C", number="{serial}", serial="{serial}",
    ring={"en": "R"},
    design="kawung", signatories=(Signatory(position={"en": "Chair"}, name="-"),))


def program(*, kind="company", where={}, gates=(), tree=None, ladders=(), **more):
    leaf = Leaf(criterion="coverage", scale=Use(code="identity"))
    tree = tree or Group(code="all", title={"en": "All"}, children=(leaf,))
    category = CategoryDefinition(code="large", title={"en": "Large"}, kind=kind, where=where,
                                  gates=gates, tree=tree, ladders=ladders)
    edition = EditionDefinition(
        code="first", label="2025", title={"en": "First"}, period_start=date(2025, 1, 1),
        period_end=date(2025, 12, 31), certificate=WORDING, categories=(category,))
    return Program(definition=ProgramDefinition(
        code="prize", title={"en": "Prize"}, editions=(edition,)), **more)


def scaled(code, settings, **more):
    leaf = Leaf(criterion="coverage", scale=Use(code=code, parameters=settings), **more)
    return Group(code="all", title={"en": "All"}, children=(leaf,))


@hookimpl
def awards_register_kinds():
    return (OTHER,)


@hookimpl
def awards_register_gates():
    return (GATE,)


@hookimpl
def awards_register_programs():
    return (program(ARGUMENTS),)
"""
)

IN_CATEGORY = "program 'prize': edition 'first': category 'large': "

REFUSED = {
    "kind='hotel'": IN_CATEGORY + "No kind of candidate is called 'hotel'.",
    "kind='harbor'": IN_CATEGORY + "criterion 'coverage' applies to company, not to 'harbor'.",
    "where={'color': ('red',)}": IN_CATEGORY
    + "it keeps candidates by 'color', which is no attribute of 'company'.",
    "where={'scale': ('huge',)}": IN_CATEGORY + "attribute 'scale' is never 'huge'.",
    "gates=(Use(code='has-stuff'),)": IN_CATEGORY + "No gate is called 'has-stuff'.",
    "gates=(Use(code='has-staff', parameters={'x': 1}),)": IN_CATEGORY
    + "gate 'has-staff' takes no parameters but was given ['x'].",
    "tree=scaled('identitty', {})": IN_CATEGORY
    + "criterion 'coverage': No scale is called 'identitty'.",
    "tree=scaled('goalposts', {'low': 1, 'high': 1})": IN_CATEGORY
    + "criterion 'coverage': scale 'goalposts' refuses its parameters: low must be less than high.",
    "tree=scaled('goalposts', {'low': 0, 'high': 1, 'logaritmic': True})": IN_CATEGORY
    + "criterion 'coverage': scale 'goalposts' refuses its parameters: logaritmic: "
    "Extra inputs are not permitted.",
    "tree=scaled('target', {'target': 1, 'worst': 2})": IN_CATEGORY
    + "criterion 'coverage': scale 'target': ValueError: more is better here",
    "tree=scaled('bands', {'table': {'a': [[0, 1]]}, 'keyed_by': 'color'})": IN_CATEGORY
    + "criterion 'coverage': scale 'bands' reads the attribute 'color', which this kind of "
    "candidate does not have. It has: region, scale, sector.",
    "tree=scaled('identity', {}, parameters={'x': 1})": IN_CATEGORY
    + "criterion 'coverage' takes no parameters but was given ['x'].",
    "tree=scaled('identity', {}).model_copy("
    "update={'aggregation': Use(code='product')})": IN_CATEGORY
    + "No aggregation is called 'product'.",
    "tree=scaled('identity', {}).model_copy("
    "update={'aggregation': Use(code='arithmetic', parameters={'x': 1})})": IN_CATEGORY
    + "aggregation 'arithmetic' takes no parameters but was given ['x'].",
    "ladders=(Use(code='top-m'),)": IN_CATEGORY + "No ladder is called 'top-m'.",
    "ladders=(Use(code='bands', parameters={'bands': []}),)": IN_CATEGORY
    + "ladder 'bands' refuses its parameters: bands: Tuple should have at least 1 item",
    "samples=(Sample(edition='second', kind='company', part='p', file=Path('x'), columns={}),)": (
        "program 'prize': a sample names the edition 'second', which is not there."
    ),
    "samples=(Sample(edition='first', kind='company', part='p', file=Path('x'), columns={}),)": (
        "program 'prize': the sample file x does not exist."
    ),
}


def preset(arguments: str) -> str:
    return PROGRAM.replace("ARGUMENTS", arguments)


def load_with_bundled(folder: Path, **more: Any) -> Loaded:
    return load_plugins(entry_points=False, folder=folder, **more)


def test_preset_that_can_work_is_registered(tmp_path: Path) -> None:
    write(tmp_path, prize=preset("gates=(Use(code='has-staff'),), ladders=(Use(code='top-n'),)"))
    assert load_with_bundled(tmp_path).rulebook.program("prize").title == {"en": "Prize"}


@pytest.mark.parametrize("arguments", REFUSED)
def test_preset_that_cannot_work_is_refused(tmp_path: Path, arguments: str) -> None:
    write(tmp_path, prize=preset(arguments))
    with pytest.raises(PluginError) as caught:
        load_with_bundled(tmp_path)
    assert f"Plugin 'prize' ({tmp_path / 'prize.py'}): {REFUSED[arguments]}" in str(caught.value)


def test_safe_mode_leaves_out_presets_that_need_a_broken_plugin(tmp_path: Path) -> None:
    source = preset("").replace(
        "def awards_register_criteria():\n    return (criterion(),)",
        "def awards_register_criteria():\n    return ()",
    )
    write(tmp_path, broken=GOOD + "\n1 / 0\n", prize=source)
    loaded = load_with_bundled(tmp_path, safe=True)
    assert [broken.name for broken in loaded.left_out] == ["broken", "prize"]
    assert "No criterion is called 'coverage'" in loaded.left_out[1].message
    assert "prize" not in loaded.rulebook.programs
    assert "ipm" in loaded.rulebook.programs


DESIGN = """
from pathlib import Path
from awards.sdk import CertificateDesign, hookimpl


@hookimpl
def awards_register_certificate_designs():
    return (CertificateDesign(code="plain", title={"en": "Plain"}, folder=Path(%r)),)
"""


def test_certificate_design_without_its_files_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "plain"
    folder.mkdir()
    (folder / "style.css").write_text("", encoding="utf-8")
    write(tmp_path, own=DESIGN % str(folder))
    with pytest.raises(PluginError) as caught:
        load(tmp_path)
    assert str(caught.value) == (
        f"Plugin 'own' ({tmp_path / 'own.py'}): certificate design 'plain' lacks "
        f"certificate.html, design.toml in {folder}."
    )


def test_certificate_design_in_the_folder_of_designs_is_checked_there(tmp_path: Path) -> None:
    folder = tmp_path / "designs" / "plain"
    folder.mkdir(parents=True)
    for name in ("certificate.html", "style.css", "design.toml"):
        (folder / name).write_text("", encoding="utf-8")
    (tmp_path / "plugins").mkdir()
    write(tmp_path / "plugins", own=DESIGN % "plain")

    def check(designs: Path) -> Loaded:
        return load_plugins(
            bundled=(), entry_points=False, folder=tmp_path / "plugins", designs=designs
        )

    assert set(check(tmp_path / "designs").rulebook.certificate_designs) == {"plain"}
    with pytest.raises(PluginError):
        check(tmp_path)
