"""The code blocks of the plugin guide, by the file name that each bears."""

import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
TITLED = re.compile(r'^```python title="([^"]+)"\n(.*?)^```', re.MULTILINE | re.DOTALL)


@cache
def guide() -> str:
    return (ROOT / "docs" / "plugins.md").read_text(encoding="utf-8")


def examples() -> dict[str, str]:
    return dict(TITLED.findall(guide()))


def section(title: str) -> str:
    """The text under the heading *title*, up to the next heading."""
    parts = re.split(r"^#+ (.+)\n", guide(), flags=re.MULTILINE)
    return parts[parts.index(title) + 1]


def rows(title: str) -> list[list[str]]:
    """The cells of the table under *title*, without its head."""
    lines = [line for line in section(title).splitlines() if line.startswith("|")]
    cells = [re.split(r"(?<!\\)\|", line)[1:-1] for line in lines[2:]]
    return [[cell.strip().replace("\\|", "|") for cell in row] for row in cells]


def write_examples(folder: Path) -> None:
    """Write every example that is a plugin into *folder*."""
    for name, source in examples().items():
        if not name.startswith("test_"):
            (folder / name).write_text(source, encoding="utf-8")
    (folder / "plain").mkdir()
    for name in ("certificate.html", "style.css", "design.toml"):
        (folder / "plain" / name).write_text("", encoding="utf-8")
