import ast
from pathlib import Path
from statistics import median

from tests.architecture.checkout import files, named

SOURCE = ("awards", "plugins", "scripts")


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def functions(path: Path) -> list[tuple[str, int]]:
    """Return each function of *path* as (file:name, lines from `def` to its end)."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        (f"{named(path)}:{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def test_no_source_file_is_longer_than_400_lines() -> None:
    long = {named(path): lines(path) for path in files(".py", ".js", ".sh") if lines(path) > 400}
    assert long == {}


def test_no_function_is_longer_than_40_lines() -> None:
    long = {name: size for path in files(".py") for name, size in functions(path) if size > 40}
    assert long == {}


def test_most_functions_are_short() -> None:
    paths = [path for folder in SOURCE for path in files(".py", under=folder)]
    sizes = sorted(size for path in paths for _, size in functions(path))
    assert median(sizes) <= 7, "the middle function is too long: split some"
    assert sizes[len(sizes) * 9 // 10] <= 20, "one function in ten is too long: split some"


def test_no_template_is_longer_than_120_lines() -> None:
    templates = files(".html", ".txt", ".xml", under="templates")
    assert {named(path): lines(path) for path in templates if lines(path) > 120} == {}
