import ast
import re
from pathlib import Path

from tests.architecture.checkout import files, named

JUNK_DRAWERS = {"utils", "util", "common", "helpers", "helper", "core", "misc"}
# Put together from parts, so that this file does not hold what it forbids.
HOSTS = "|".join(
    rf"\b{name}\b"
    for name in (
        r"pypi" + r"\.org",
        r"python" + r"hosted",
        r"registry\." + r"(?:npmjs|yarnpkg)",
        r"deb\." + r"debian\.org",
        r"(?:cdn\.)?js" + r"delivr\.net",
        r"unpkg" + r"\.com",
    )
)
MACHINE_PATHS = r"""(?:^|[\s"'`(=:])/""" + r"(?:work|root|tmp|home|Users)" + r"/\w"
FORBIDDEN = re.compile(f"{HOSTS}|{MACHINE_PATHS}", re.MULTILINE)


def text(path: Path) -> str:
    """Return the text of *path*, or nothing when it holds no text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def imported(path: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(text(path))))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return plain | {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}


def test_no_folder_or_module_is_a_junk_drawer() -> None:
    drawers = [
        named(path)
        for path in files()
        if JUNK_DRAWERS & {path.stem, *Path(named(path)).parent.parts}
    ]
    assert drawers == []


def test_no_text_names_a_package_host_or_a_path_of_one_machine() -> None:
    found = {
        f"{named(path)}:{number}": line.strip()[:100]
        for path in files()
        for number, line in enumerate(text(path).splitlines(), 1)
        if FORBIDDEN.search(line)
    }
    assert found == {}


def test_nothing_imports_the_folder_plugins() -> None:
    """It works in a checkout only: the wheel has `awards_criteria` and no `plugins`."""
    importers = [
        named(path)
        for path in files(".py")
        if any(name.split(".")[0] == "plugins" for name in imported(path))
    ]
    assert importers == []
