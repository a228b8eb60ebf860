"""What a sender is told about a file that is refused as a whole."""

from awards.domain.text import Text

_SAVE_AGAIN = {
    "en": "Open it in Excel or LibreOffice and save it again as .xlsx.",
    "id": "Buka di Excel atau LibreOffice, lalu simpan lagi sebagai .xlsx.",
}


def _save_again(en: str, indonesian: str) -> Text:
    return {"en": f"{en} {_SAVE_AGAIN['en']}", "id": f"{indonesian} {_SAVE_AGAIN['id']}"}


FILE_REASONS: dict[str, Text] = {
    "empty-file": {
        "en": "The file is empty (0 bytes). Send it again.",
        "id": "Berkas kosong (0 bita). Kirim ulang berkasnya.",
    },
    "not-a-table": {
        "en": "This is no table that can be read: it looks like {found}. Send CSV, XLSX or ODS.",
        "id": "Berkas ini bukan tabel yang dapat dibaca: tampaknya {found}. "
        "Kirim CSV, XLSX, atau ODS.",
    },
    "old-workbook": _save_again(
        "This is a workbook in an old or binary format ({found}).",
        "Ini buku kerja dalam format lama atau biner ({found}).",
    ),
    "encrypted": {
        "en": "The file is protected by a password. Remove the password and send it again.",
        "id": "Berkas dilindungi kata sandi. Hapus kata sandinya, lalu kirim ulang.",
    },
    "damaged": _save_again(
        "The file is damaged or cut off ({found}).",
        "Berkas rusak atau terpotong ({found}).",
    ),
    "doctype": _save_again(
        "Part {part} of the workbook holds a DOCTYPE, which no spreadsheet program writes.",
        "Bagian {part} buku kerja memuat DOCTYPE, yang tidak ditulis program lembar kerja mana "
        "pun.",
    ),
    "irregular-cells": _save_again(
        "Sheet {sheet} is not written the way spreadsheet programs write it: "
        "some cells do not say where they are.",
        "Lembar {sheet} tidak ditulis seperti kebiasaan program lembar kerja: "
        "ada sel yang tidak menyebut tempatnya.",
    ),
    "macros": {
        "en": "The workbook holds macros ({part}). Save it as .xlsx or .ods without macros.",
        "id": "Buku kerja memuat makro ({part}). Simpan sebagai .xlsx atau .ods tanpa makro.",
    },
    "external-links": {
        "en": "The workbook takes values from other files or programs ({part}). Paste these "
        "cells as values, break the links and send it again.",
        "id": "Buku kerja mengambil nilai dari berkas atau program lain ({part}). Tempel sel itu "
        "sebagai nilai, putuskan tautannya, lalu kirim ulang.",
    },
    "file-too-large": {
        "en": "The file has {size} bytes; {limit} are allowed. Remove sheets, pictures and "
        "columns that are not asked for, or send the rows in several files.",
        "id": "Berkas berukuran {size} bita; batasnya {limit}. Hapus lembar, gambar, dan kolom "
        "yang tidak diminta, atau kirim barisnya dalam beberapa berkas.",
    },
    "unpacked-too-large": {
        "en": "Unpacked, the workbook has more than {limit} bytes. Remove sheets, pictures and "
        "columns that are not asked for, or send the rows in several files.",
        "id": "Isi buku kerja lebih dari {limit} bita. Hapus lembar, gambar, dan kolom yang "
        "tidak diminta, atau kirim barisnya dalam beberapa berkas.",
    },
    "packed-too-tightly": _save_again(
        "Unpacked, the workbook is more than {limit} times as large as the file.",
        "Isi buku kerja lebih dari {limit} kali ukuran berkasnya.",
    ),
    "too-many-entries": _save_again(
        "The workbook consists of {size} parts; {limit} are allowed.",
        "Buku kerja terdiri atas {size} bagian; batasnya {limit}.",
    ),
    "too-many-sheets": {
        "en": "The workbook has {size} sheets; {limit} are allowed. "
        "Send only the sheet with the data.",
        "id": "Buku kerja memuat {size} lembar; batasnya {limit}. Kirim lembar datanya saja.",
    },
    "too-many-columns": {
        "en": "{sheet} reaches to column {size}; {limit} columns are allowed. Delete the columns "
        "to the right of the table, also empty ones that were only formatted.",
        "id": "{sheet} mencapai kolom {size}; batasnya {limit} kolom. Hapus kolom di kanan tabel, "
        "juga yang kosong tetapi diberi format.",
    },
    "too-many-rows": {
        "en": "{sheet} reaches to row {size}; {limit} rows are allowed. Delete the rows below "
        "the table, or send the rows in several files.",
        "id": "{sheet} mencapai baris {size}; batasnya {limit} baris. Hapus baris di bawah tabel, "
        "atau kirim barisnya dalam beberapa berkas.",
    },
    "too-many-cells": {
        "en": "{sheet} spans {size} cells from A1 to its last cell; {limit} are allowed. Delete "
        "rows and columns beyond the table, also empty ones that were only formatted.",
        "id": "{sheet} membentang {size} sel dari A1 sampai sel terakhir; batasnya {limit}. Hapus "
        "baris dan kolom di luar tabel, juga yang kosong tetapi diberi format.",
    },
    "cell-too-long": {
        "en": "Cell {address} of {sheet} holds {size} characters; {limit} are allowed. Shorten it.",
        "id": "Sel {address} pada {sheet} berisi {size} karakter; batasnya {limit}. Persingkat.",
    },
    "time": {
        "en": "Reading the file took longer than {limit} seconds and was stopped. Send only the "
        "sheet with the data, or the rows in several files.",
        "id": "Membaca berkas melebihi {limit} detik dan dihentikan. Kirim lembar datanya saja, "
        "atau barisnya dalam beberapa berkas.",
    },
    "memory": {
        "en": "Reading the file needs more memory than the {limit} bytes allowed. Send only the "
        "sheet with the data, or the rows in several files.",
        "id": "Membaca berkas memerlukan memori lebih dari {limit} bita. Kirim lembar datanya "
        "saja, atau barisnya dalam beberapa berkas.",
    },
    "reader-died": _save_again(
        "Reading the file broke down ({found}). Nothing was imported.",
        "Pembacaan berkas gagal ({found}). Tidak ada yang diimpor.",
    ),
    "encoding": {
        "en": "The text is in an encoding that was not recognized, or this is no text. "
        "Save it as CSV UTF-8 or as XLSX.",
        "id": "Pengodean teksnya tidak dikenali, atau ini bukan teks. "
        "Simpan sebagai CSV UTF-8 atau XLSX.",
    },
    "quote": {
        "en": "The quotation marks in the CSV do not pair up, at row {row} or before. Close the "
        "open quotation mark, or save the table as XLSX.",
        "id": "Tanda kutip dalam CSV tidak berpasangan, di baris {row} atau sebelumnya. Tutup "
        "tanda kutipnya, atau simpan tabel sebagai XLSX.",
    },
    "no-sheet": {
        "en": "There is no sheet {sheet!r}. The sheets are: {found}.",
        "id": "Tidak ada lembar {sheet!r}. Lembar yang ada: {found}.",
    },
    "no-data": {
        "en": "There are no data rows below the titles in row {row}. Fill in the table and send "
        "it again.",
        "id": "Tidak ada baris data di bawah judul pada baris {row}. Isi tabelnya, lalu kirim "
        "ulang.",
    },
    "no-cells": {
        "en": "All cells are empty. Fill in the table and send it again.",
        "id": "Semua sel kosong. Isi tabelnya, lalu kirim ulang.",
    },
    "several-sheets": {
        "en": "Several sheets have the titles of the table: {found}. Say which with `sheet` in "
        "the mapping file, or send only one.",
        "id": "Beberapa lembar memuat judul tabel: {found}. Sebutkan yang dimaksud dengan `sheet` "
        "dalam berkas pemetaan, atau kirim satu saja.",
    },
    "no-id-column": {
        "en": "No column is titled {title!r}. Titles found in row {row}: {found}. Rename the "
        "column that holds the id, or name it under [columns] in the mapping file: "
        'id = "…". If the titles stand elsewhere, say where with `header_row`.',
        "id": "Tidak ada kolom berjudul {title!r}. Judul di baris {row}: {found}. Ganti nama "
        "kolom yang memuat kode, atau sebutkan pada [columns] dalam berkas pemetaan: "
        'id = "…". Bila judulnya di tempat lain, sebutkan dengan `header_row`.',
    },
    "target-columns": {
        "en": "A file of targets needs the columns kind, indicator, value and source; these lack: "
        "{lacking}. The titles found: {found}.",
        "id": "Berkas target memerlukan kolom kind, indicator, value, dan source; yang belum ada: "
        "{lacking}. Judul yang ada: {found}.",
    },
    "no-known-columns": {
        "en": "Beside the id, no title in row {row} is known: {found}. Known titles are in the "
        "template; others can be named under [columns] in the mapping file.",
        "id": "Selain kode, tidak ada judul di baris {row} yang dikenal: {found}. Judul yang "
        "dikenal ada dalam templat; yang lain dapat disebut pada [columns] dalam berkas "
        "pemetaan.",
    },
    "lacking-columns": {
        "en": "No column is titled {lacking}, which every row needs. Titles found in row {row}: "
        "{found}. Add the columns, or name them under [columns] in the mapping file.",
        "id": "Tidak ada kolom berjudul {lacking}, yang wajib ada. Judul di baris {row}: {found}. "
        "Tambahkan kolomnya, atau sebutkan pada [columns] dalam berkas pemetaan.",
    },
    "two-columns": {
        "en": "Columns {columns} both hold {title!r} (titles: {found}). Delete or rename one, or "
        "name the right one under [columns] in the mapping file. If the titles take two "
        "rows, write them in one row.",
        "id": "Kolom {columns} sama-sama memuat {title!r} (judul: {found}). Hapus atau ganti nama "
        "salah satunya, atau sebutkan yang benar pada [columns] dalam berkas pemetaan. Bila "
        "judulnya dua baris, tulis dalam satu baris.",
    },
    "mapped-title-missing": {
        "en": "The mapping names the title {title!r} for {target}, but row {row} has no such "
        "title. Titles found: {found}.",
        "id": "Pemetaan menyebut judul {title!r} untuk {target}, tetapi baris {row} tidak "
        "memuatnya. Judul yang ada: {found}.",
    },
    "unknown-target": {
        "en": "The mapping names {target!r}, which is neither an indicator nor an attribute of "
        "this kind. Known are: {found}.",
        "id": "Pemetaan menyebut {target!r}, yang bukan indikator maupun atribut jenis ini. Yang "
        "dikenal: {found}.",
    },
    "no-matching-rows": {
        "en": "No row has {title!r} = {value!r}. Values found: {found}.",
        "id": "Tidak ada baris dengan {title!r} = {value!r}. Nilai yang ada: {found}.",
    },
    "bad-map": {
        "en": "The mapping file cannot be used: {found}. See the guide to importing for an "
        "example.",
        "id": "Berkas pemetaan tidak dapat dipakai: {found}. Contohnya ada dalam panduan impor.",
    },
}
