"""Build the wheel, install it in an empty environment and run the demo from there.

What works in a checkout may be missing from the wheel: templates, data files, plugins, a
package imported by its folder's name.
"""

import json
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
SHIPPED = ("awards/__init__.py", "awards/py.typed", "awards/_templates/", "awards_criteria/")
LEFT_AT_HOME = ("plugins/", "tests/", "benchmarks/", "instance/", "scripts/")
POPULATION = 500
MADE = ("runs", "published", "certificates")


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="awards-wheel-") as scratch:
        folder = Path(scratch)
        wheel = build_wheel(folder / "dist")
        check_contents(wheel)
        awards = install(wheel, environment=folder / "environment")
        check_demo(run_demo(awards, folder=folder))
        run(awards, "ledger", "verify", "--instance", folder / "instance", cwd=folder)
    print(f"wheel-check: {wheel.name} builds the demo on its own")


def build_wheel(target: Path) -> Path:
    print("wheel-check: building the wheel", flush=True)
    run(sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", target, CHECKOUT)
    (wheel,) = target.glob("*.whl")
    return wheel


def check_contents(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    lacking = [part for part in SHIPPED if not any(name.startswith(part) for name in names)]
    surplus = [name for name in names if name.startswith(LEFT_AT_HOME)]
    if lacking or surplus:
        sys.exit(f"wheel-check: {wheel.name} lacks {lacking} and should not carry {surplus}")


def install(wheel: Path, *, environment: Path) -> Path:
    """Return the `awards` command of a new *environment* holding *wheel* and the locked base."""
    print("wheel-check: installing it in an empty environment", flush=True)
    run(sys.executable, "-m", "venv", environment)
    python = environment / "bin" / "python"
    pip = (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    run(*pip, "--require-hashes", "-r", CHECKOUT / "requirements" / "base.txt")
    run(*pip, "--no-deps", "--no-index", wheel)
    return environment / "bin" / "awards"


def run_demo(awards: Path, *, folder: Path) -> str:
    """Return what `awards demo --json` printed, run far from the checkout."""
    print("wheel-check: running the demo from there", flush=True)
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    command = (awards, "demo", "--no-serve", "--json", "--population", str(POPULATION))
    return run(*command, "--instance", folder / "instance", cwd=elsewhere)


def check_demo(printed: str) -> None:
    """Exit unless *printed* lists editions that each have runs, a publication and certificates."""
    try:
        editions = json.loads(printed)
    except json.JSONDecodeError:
        sys.exit(f"wheel-check: the demo printed something that is not JSON:\n{printed}")
    lacking = [
        f"{edition['edition']} has no {part}"
        for edition in editions
        for part in MADE
        if not edition.get(part)
    ]
    if lacking or not editions:
        sys.exit(f"wheel-check: {'; '.join(lacking) or 'the demo made no edition'}\n{printed}")


def run(*command: str | Path, cwd: Path = CHECKOUT) -> str:
    """Return standard output of *command*, run without this checkout's paths; exit if it fails."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(command, cwd=cwd, env=clean, text=True, capture_output=True, check=False)
    if done.returncode:
        words = " ".join(map(str, command))
        sys.exit(f"wheel-check: exit {done.returncode} from: {words}\n{done.stdout}{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    main()
