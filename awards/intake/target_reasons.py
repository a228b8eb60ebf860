"""What is said of a cell of a file of targets that is refused."""

from awards.domain.text import Text

TARGET_REASONS: dict[str, Text] = {
    "kind": {
        "en": "This edition judges no such kind. Write one of: {known}.",
        "id": "Edisi ini tidak menilai jenis tersebut. Tulis salah satu dari: {known}.",
    },
    "indicator": {
        "en": "No indicator of this kind has that code or title. Write one of: {known}.",
        "id": "Tidak ada indikator jenis ini dengan kode atau judul itu. "
        "Tulis salah satu dari: {known}.",
    },
    "attribute": {
        "en": "The data of this kind do not tell it. Leave the cell empty, or write one of: "
        "{known}.",
        "id": "Data jenis ini tidak memuatnya. Kosongkan selnya, atau tulis salah satu dari: "
        "{known}.",
    },
    "region": {
        "en": "Not a region code. Write it as 35 or 35.78, or leave the cell empty for all.",
        "id": "Bukan kode wilayah. Tulis seperti 35 atau 35.78, atau kosongkan untuk semua.",
    },
    "month": {
        "en": "Not a month of the assessment period. Write it as {first}, or leave the cell "
        "empty for the whole period.",
        "id": "Bukan bulan dalam periode penilaian. Tulis seperti {first}, atau kosongkan untuk "
        "seluruh periode.",
    },
    "value": {
        "en": "Not a number above zero that can be read in one way only. Write it with digits, "
        "and say how numbers are written: --numbers id or en.",
        "id": "Bukan angka di atas nol yang hanya dapat dibaca dengan satu cara. Tulis dengan "
        "angka, dan sebutkan cara penulisannya: --numbers id atau en.",
    },
    "empty": {
        "en": "The cell is empty. Every target needs {title}.",
        "id": "Selnya kosong. Setiap target memerlukan {title}.",
    },
    "twice": {
        "en": "Row {other} sets a target for the same. Keep one of them.",
        "id": "Baris {other} sudah menetapkan target untuk hal yang sama. Sisakan satu.",
    },
}
