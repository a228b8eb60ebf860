import re
import tomllib
from pathlib import Path

import awards
from tests.architecture.checkout import ROOT, files

PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)(?:\[[^\]]*\])?==(\S+)", re.MULTILINE)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCKS = files(".txt", under="requirements")


def pins(lock: Path) -> set[tuple[str, str]]:
    return set(PIN.findall(lock.read_text(encoding="utf-8")))


def locked(name: str) -> set[str]:
    return {package for package, _ in pins(ROOT / "requirements" / f"{name}.txt")}


def required(requirements: list[str]) -> set[str]:
    names = {re.split(r"[\[<>=!~; ]", line)[0].lower() for line in requirements}
    return names - {PROJECT["name"]}


def test_every_locked_package_has_a_hash() -> None:
    for lock in LOCKS:
        entries = re.split(r"^(?=[a-z0-9])", lock.read_text(encoding="utf-8"), flags=re.MULTILINE)
        bare = [entry for entry in entries if PIN.match(entry) and "--hash=sha256:" not in entry]
        assert bare == [], lock.name


def test_the_tests_run_with_the_versions_that_are_installed_elsewhere() -> None:
    """A package may have several versions, one per Python; each must be in dev.txt too."""
    tested = pins(ROOT / "requirements" / "dev.txt")
    names = {package for package, _ in tested}
    for lock in LOCKS:
        shared = {pin for pin in pins(lock) if pin[0] in names}
        assert shared - tested == set(), lock.name


def test_every_direct_requirement_is_locked() -> None:
    extras = PROJECT["optional-dependencies"]
    base = required(PROJECT["dependencies"])
    assert base - locked("base") == set()
    assert {extra: required(extras[extra]) - locked(extra) for extra in extras} == {
        extra: set() for extra in extras
    }


def test_the_changelog_has_a_section_for_this_version() -> None:
    headings = re.findall(r"^## \[([^\]]+)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)
    assert awards.__version__ in headings
