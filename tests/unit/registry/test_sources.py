import importlib
from pathlib import Path

import pytest

from awards.registry.sources import digest_of, source_files


def package(root: Path, name: str, files: dict[str, str]) -> Path:
    for path, text in files.items():
        (root / name / path).parent.mkdir(parents=True, exist_ok=True)
        (root / name / path).write_text(text, encoding="utf-8")
    return root / name


def test_module_consists_of_what_it_imports_and_the_data_beside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = package(
        tmp_path,
        "sources_of_plugin",
        {
            "__init__.py": "",
            "alone.py": "import json\n",
            "subject/__init__.py": "",
            "subject/rules.py": "from .facts import FACTS\nfrom .. import shared\n",
            "subject/facts.py": "from sources_of_plugin.other.table import FACTS\n",
            "subject/unrelated.py": "",
            "subject/data/table.csv": "1\n",
            "subject/.hidden": "",
            "other/__init__.py": "",
            "other/table.py": "FACTS = 1\n",
            "other/inner/__init__.py": "",
            "other/inner/not_mine.csv": "",
            "shared.py": "",
        },
    )
    monkeypatch.syspath_prepend(tmp_path)

    def files(name: str) -> list[str]:
        module = importlib.import_module(f"sources_of_plugin.{name}")
        return [file.relative_to(folder).as_posix() for file in source_files(module)]

    assert files("alone") == ["alone.py"]
    assert files("subject.rules") == [
        "subject/rules.py",
        "__init__.py",
        "other/table.py",
        "shared.py",
        "subject/data/table.csv",
        "subject/facts.py",
    ]


def test_digest_is_over_names_and_contents(tmp_path: Path) -> None:
    one = package(tmp_path, "one", {"a.py": "x", "data/b.csv": "y"})
    same = package(tmp_path, "same", {"a.py": "x", "data/b.csv": "y"})
    moved = package(tmp_path, "moved", {"a.py": "x", "data/c.csv": "y"})
    shifted = package(tmp_path, "shifted", {"a.py": "xy", "data/b.csv": ""})
    digests = [
        digest_of(file for file in folder.rglob("*") if file.is_file())
        for folder in (one, same, moved, shifted)
    ]
    assert digests[0] == digests[1]
    assert len(set(digests)) == 3
