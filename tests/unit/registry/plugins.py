"""Plugin files for the tests, written into a folder of their own."""

import textwrap
from pathlib import Path

from awards.registry import Loaded, load_plugins

HEAD = """
from awards.sdk import COMPANY, Criterion, Indicator, hookimpl, ratio, share, MISSING

STAFF = Indicator(code="staff", title={"en": "Staff"}, type=int, unit="people", minimum=0)
PAID = Indicator(code="paid", title={"en": "Paid"}, type=int, unit="people", minimum=0)


def criterion(code="coverage", measure=lambda i: ratio(i.paid, i.staff, when_zero=MISSING), **more):
    return Criterion(
        code=code, title={"en": code}, applies_to=(COMPANY,), indicators=(STAFF, PAID),
        measure=measure, unit="ratio", **more,
    )
"""

GOOD = (
    HEAD
    + """

@hookimpl
def awards_register_criteria():
    return (criterion(),)
"""
)


def registering(expression: str) -> str:
    """A plugin whose hook for criteria returns *expression*."""
    return f"{HEAD}\n\n@hookimpl\ndef awards_register_criteria():\n    return {expression}\n"


def write(folder: Path, **sources: str) -> Path:
    """Write each source into *folder* as a file of its name."""
    for name, source in sources.items():
        (folder / f"{name}.py").write_text(textwrap.dedent(source), encoding="utf-8")
    return folder


def load(folder: Path, *, safe: bool = False) -> Loaded:
    """Load the files in *folder* and nothing else."""
    return load_plugins(bundled=(), entry_points=False, folder=folder, safe=safe)
