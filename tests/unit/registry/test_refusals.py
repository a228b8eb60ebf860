"""Every bad plugin is refused by name; in safe mode it alone is left out."""

from pathlib import Path

import pytest

from awards.sdk import PluginError
from tests.unit.registry.plugins import GOOD, HEAD, load, registering, write

CRITERIA = "@hookimpl\ndef awards_register_criteria"

REFUSED = {
    "unknown hook": (
        HEAD + "\n@hookimpl\ndef awards_register_critera():\n    return ()\n",
        "There is no hook 'awards_register_critera'. Did you mean awards_register_criteria?",
    ),
    "hook with an argument": (
        HEAD + f"\n{CRITERIA}(app):\n    return ()\n",
        "hook 'awards_register_criteria': Argument(s) {'app'} are declared",
    ),
    "hook without marker": (
        HEAD + "\ndef awards_register_criteria():\n    return ()\n",
        "awards_register_criteria is not marked with @hookimpl: nothing would call it.",
    ),
    "wrapper": (
        HEAD + "\n@hookimpl(wrapper=True)\ndef awards_register_criteria():\n    yield\n",
        "awards_register_criteria: a plugin adds rules; mark it with plain @hookimpl.",
    ),
    "optional hook": (
        HEAD + "\n@hookimpl(optionalhook=True)\ndef awards_register_ciriteria():\n    return ()\n",
        "a plugin adds rules; mark it with plain @hookimpl.",
    ),
    "no hook": (HEAD, "It implements no hook."),
    "same code twice": (
        registering("(criterion(), criterion())"),
        "The criterion 'coverage' is registered twice: by plugin 'bad' (",
    ),
    "missing field": (
        HEAD + "\nCriterion(code='x', title={'en': 'X'}, applies_to=(COMPANY,))\n",
        "It raised TypeError in line 14: Criterion.__init__() missing 3 required",
    ),
    "bad code": (registering("(criterion('Two Words'),)"), "Criterion 'Two Words': a code is made"),
    "wrong API version": (
        "AWARDS_API = 99\n" + GOOD,
        "It is written for plugin API 99; this version of awards has 1.",
    ),
    "API version True": ("AWARDS_API = True\n" + GOOD, "It is written for plugin API True"),
    "raises on import": ("1 / 0\n", "It raised ZeroDivisionError in line 1: division by zero"),
    "exits on import": ("raise SystemExit(0)\n", "It raised SystemExit in line 1: 0"),
    "recurses on import": ("def f():\n    f()\nf()\n", "It raised RecursionError in line 2"),
    "runs out of memory": ("raise MemoryError\n", "It raised MemoryError in line 1"),
    "no Python": ("def (:\n", "It raised SyntaxError in line 1"),
    "null byte": ("x = 1\0\n", "It raised SyntaxError"),
    "missing import": ("import no_such_package\n", "No module named 'no_such_package'"),
    "hook raises": (registering("1 / 0"), "It raised ZeroDivisionError in line 17"),
    "hook exits": (registering("exit(3)"), "It raised SystemExit in line 17: 3"),
    "list": (
        registering("[criterion()]"),
        "awards_register_criteria returned list, not a tuple: write `return (…,)` "
        "with every Criterion inside.",
    ),
    "no tuple": (registering("criterion()"), "awards_register_criteria returned Criterion, not a"),
    "nothing": (registering("None"), "awards_register_criteria returned NoneType, not a tuple"),
    "wrong type": (registering("(STAFF,)"), "returned Indicator(code='staff'"),
    "misspelled indicator": (
        registering("(criterion(measure=lambda i: share(i.stuff, of=2)),)"),
        "criterion 'coverage': AttributeError: criterion 'coverage' declares no indicator "
        "'stuff'; did you mean 'staff'?",
    ),
    "undeclared column": (
        HEAD.replace("from", "import narwhals as nw\nfrom", 1)
        + f"\n{CRITERIA}():\n    return (criterion(measure=lambda i: nw.col('region') * 2),)\n",
        "criterion 'coverage' cannot be evaluated:",
    ),
    "text": (
        registering("(criterion(measure=lambda i: 'high'),)"),
        "criterion 'coverage' returned str, not an expression over its indicators.",
    ),
    "text column": (
        HEAD.replace("from", "import narwhals as nw\nfrom", 1)
        + f"\n{CRITERIA}():\n    return (criterion(measure=lambda i: i.staff.cast(nw.String)),)\n",
        "criterion 'coverage' must yield a number for each candidate, but yields text.",
    ),
    "condition": (
        registering("(criterion(measure=lambda i: i.paid > i.staff),)"),
        "criterion 'coverage' must yield a number for each candidate, but yields true or false.",
    ),
    "number": (
        registering("(criterion(measure=lambda i: 0.5),)"),
        "criterion 'coverage' returned float, not an expression over its indicators.",
    ),
    "constant": (
        HEAD.replace("from", "import narwhals as nw\nfrom", 1)
        + f"\n{CRITERIA}():\n    return (criterion(measure=lambda i: nw.lit(0.5)),)\n",
        "criterion 'coverage' yields one value for all candidates",
    ),
    "mean of all": (
        registering("(criterion(measure=lambda i: i.paid.mean()),)"),
        "criterion 'coverage' yields one value for all candidates",
    ),
    "distance from the mean": (
        registering("(criterion(measure=lambda i: i.paid - i.paid.mean()),)"),
        "criterion 'coverage' makes a candidate's value depend on other candidates",
    ),
    "order of rows": (
        registering("(criterion(measure=lambda i: i.paid.cum_sum()),)"),
        "criterion 'coverage' makes a candidate's value depend on other candidates",
    ),
    "plain division": (
        registering("(criterion(measure=lambda i: i.paid / i.staff),)"),
        "Divide with ratio(..., when_zero=...), or declare the indicator's bounds.",
    ),
    "measure exits": (
        registering("(criterion(measure=lambda i: exit()),)"),
        "criterion 'coverage': SystemExit",
    ),
    "applicable is a number": (
        registering("(criterion(applicable=lambda i: i.staff * 1),)"),
        "criterion 'coverage'",
    ),
    "parameter without default": (
        HEAD.replace("import COMPANY", "import Parameters, COMPANY")
        + "\nclass P(Parameters):\n    top: float\n"
        + f"\n{CRITERIA}():\n    return (criterion(measure=lambda i, p: i.paid, parameters=P),)\n",
        "criterion 'coverage': parameter 'top' has no default.",
    ),
    "derived attribute that is no text": (
        "from awards.sdk import Attribute, Kind, hookimpl\n\n\n@hookimpl\n"
        "def awards_register_kinds():\n    size = Attribute(\n        code='size', "
        "title={'en': 'S'}, derived=lambda id: id.str.len_chars())\n    return (Kind(\n        "
        "code='k', title={'en': 'K'}, scheme='x', id_title={'en': 'I'}, id_pattern='.',\n"
        "        id_example='1', attributes=(size,)),)\n",
        "attribute 'size' of 'k' must yield text for each candidate, but yields a number.",
    ),
    "indicator that is no name": (
        "from awards.sdk import Indicator\n"
        "Indicator(code='two-words', title={'en': 'T'}, type=int, unit='x')\n",
        "Indicator 'two-words': rules read it as i.two-words",
    ),
    "indicator named as a column of results": (
        "from awards.sdk import Indicator\n"
        "Indicator(code='place', title={'en': 'T'}, type=int, unit='x')\n",
        "Indicator 'place': this name is taken by the results",
    ),
    "indicator with crossed bounds": (
        "from awards.sdk import Indicator\nIndicator(\n    code='t', title={'en': 'T'}, "
        "type=int, unit='x', minimum=2, maximum=1)\n",
        "Indicator 't': minimum must not exceed maximum",
    ),
    "indicator named as an attribute": (
        GOOD.replace("staff", "sector"),
        "criterion 'coverage': the indicator 'sector' has the code of an attribute of 'company'.",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_bad_plugin_is_refused_by_name_and_file(tmp_path: Path, case: str) -> None:
    source, words = REFUSED[case]
    write(tmp_path, bad=source)
    with pytest.raises(PluginError) as caught:
        load(tmp_path)
    assert words in str(caught.value)
    assert f"lugin 'bad' ({tmp_path / 'bad.py'})" in str(caught.value)


@pytest.mark.parametrize("case", REFUSED)
def test_safe_mode_leaves_out_the_bad_plugin_alone(tmp_path: Path, case: str) -> None:
    source, words = REFUSED[case]
    write(tmp_path, bad=source, good=GOOD.replace("coverage", "other").replace("staff", "staffed"))
    loaded = load(tmp_path, safe=True)
    assert set(loaded.rulebook.criteria) == {"other"}
    assert [plugin.name for plugin in loaded.rulebook.plugins] == ["good"]
    [broken] = loaded.left_out
    assert (broken.name, broken.origin, broken.file) == ("bad", "folder", tmp_path / "bad.py")
    assert words in broken.message
    assert broken.traceback.startswith("Traceback (most recent call last):") or (
        "Error" in broken.traceback
    )


def test_interrupt_stops_even_safe_mode(tmp_path: Path) -> None:
    write(tmp_path, bad="raise KeyboardInterrupt\n")
    with pytest.raises(KeyboardInterrupt):
        load(tmp_path, safe=True)


def test_duplicate_code_names_both_plugins(tmp_path: Path) -> None:
    write(tmp_path, first=GOOD, second=GOOD)
    with pytest.raises(PluginError) as caught:
        load(tmp_path)
    assert str(caught.value) == (
        f"The criterion 'coverage' is registered twice: by plugin 'first' "
        f"({tmp_path / 'first.py'}) and by plugin 'second' ({tmp_path / 'second.py'}). "
        "Give one of them another code."
    )


def test_safe_mode_keeps_the_first_of_two_with_one_code(tmp_path: Path) -> None:
    write(tmp_path, first=GOOD, second=GOOD)
    loaded = load(tmp_path, safe=True)
    assert [plugin.name for plugin in loaded.rulebook.plugins] == ["first"]
    assert [broken.name for broken in loaded.left_out] == ["second"]


def test_indicator_declared_alike_twice_is_one(tmp_path: Path) -> None:
    write(tmp_path, first=GOOD, second=GOOD.replace('"coverage"', '"other"'))
    assert set(load(tmp_path).rulebook.indicators) == {"staff", "paid"}


def test_indicator_declared_differently_names_both_plugins_and_the_difference(
    tmp_path: Path,
) -> None:
    other = GOOD.replace('"coverage"', '"other"').replace('unit="people"', 'unit="persons"')
    write(tmp_path, first=GOOD, second=other)
    with pytest.raises(PluginError) as caught:
        load(tmp_path)
    assert str(caught.value) == (
        f"The indicator 'staff' is declared in two ways: by plugin 'first' "
        f"({tmp_path / 'first.py'}) and by plugin 'second' ({tmp_path / 'second.py'}); "
        "they differ in unit. Import one declaration, or rename."
    )
