"""The files of this checkout, as version control sees them."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {".git", ".venv", "__pycache__", "build", "dist", "instance"}


def files(*suffixes: str, under: str = "") -> list[Path]:
    """Return our files *under* a folder, sorted; with one of *suffixes* if any are given."""
    found = _listed_by_git() or _walked()
    inside = [path for path in found if path.is_relative_to(ROOT / under) and path.is_file()]
    return sorted(path for path in inside if not suffixes or path.suffix in suffixes)


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _listed_by_git() -> list[Path]:
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return []
    return [ROOT / name for name in done.stdout.split("\0") if name]


def _walked() -> list[Path]:
    every = (path for path in ROOT.rglob("*") if path.is_file())
    return [path for path in every if not NOT_OURS & set(path.relative_to(ROOT).parts)]
