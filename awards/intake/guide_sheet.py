"""The second sheet of the template: how to fill in the first."""

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from awards.domain.text import localized
from awards.intake.types import Layout
from awards.intake.wording import bounds_words, value_words
from awards.sdk.types import Indicator

SHEETS = {"en": ("Data", "How to fill in"), "id": ("Data", "Cara mengisi")}
_ADVICE = {
    "en": (
        "Fill in the sheet Data: one row for each candidate.",
        "Do not change the titles. Columns and rows may be in any order; columns you cannot fill "
        "in may be deleted.",
        "Leave a cell empty if the value is unknown. Write 0 only for a true zero.",
        "Write numbers as numbers: no percent sign, no Rp, no words.",
        "Keep the id as text, so that no zero is lost.",
        "Add no row with totals or means, and no notes below the table.",
    ),
    "id": (
        "Isi lembar Data: satu baris untuk setiap kandidat.",
        "Jangan ubah judul kolom. Urutan kolom dan baris bebas; kolom yang tidak dapat diisi boleh "
        "dihapus.",
        "Kosongkan sel bila nilainya tidak diketahui. Tulis 0 hanya bila memang nol.",
        "Tulis angka sebagai angka: tanpa tanda persen, tanpa Rp, tanpa kata.",
        "Simpan kode sebagai teks agar tidak ada angka nol yang hilang.",
        "Jangan menambah baris jumlah atau rata-rata, juga catatan di bawah tabel.",
    ),
}
_HEADINGS = {
    "en": ("Column", "What it may hold", "Meaning", "Source"),
    "id": ("Kolom", "Isi yang diterima", "Arti", "Sumber"),
}


def write_guide(book: Workbook, layout: Layout, *, language: str, titles: tuple[str, ...]) -> None:
    """Add the sheet with advice and a line for each column."""
    sheet = book.add_worksheet(SHEETS[language][1])
    bold, wrap = (
        book.add_format({"bold": True}),
        book.add_format({"text_wrap": True, "valign": "top"}),
    )
    sheet.set_column(0, 3, 36, wrap)
    for row, advice in enumerate(_ADVICE[language]):
        sheet.merge_range(row, 0, row, 3, advice, wrap)
    first = len(_ADVICE[language]) + 1
    _write_line(sheet, first, _HEADINGS[language], bold)
    for row, target in enumerate(layout.targets):
        words = _line(layout, target, language)
        _write_line(sheet, first + 1 + row, (titles[row], *words), wrap)


def _write_line(sheet: Worksheet, row: int, words: tuple[str, ...], look: Format) -> None:
    for column, text in enumerate(words):
        sheet.write_string(row, column, text, look)


def _line(layout: Layout, target: str, language: str) -> tuple[str, str, str]:
    """What the column may hold, what it means, where it comes from."""
    declared = layout.declared(target)
    if isinstance(declared, Indicator):
        meaning, source = (
            localized(text, language) if text else ""
            for text in (declared.description, declared.source)
        )
        return bounds_words(declared, language), meaning, source
    if target == "id":
        return layout.kind.id_example, "", ""
    return value_words(declared, language) if declared else "", "", ""
