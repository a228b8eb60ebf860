"""How workbooks are written: text stays text."""

from pathlib import Path

from xlsxwriter import Workbook


def new_workbook(path: Path) -> Workbook:
    """An empty workbook that makes no formula and no link of what looks like one."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    return Workbook(str(path), options)
