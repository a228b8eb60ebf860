"""What a sender is told about a cell that is refused: what it is, then what to do."""

from awards.domain.text import Text

CELL_REASONS: dict[str, Text] = {
    "total-row": {
        "en": "A total or mean row, not a candidate: delete the row.",
        "id": "Baris jumlah atau rata-rata, bukan kandidat: hapus barisnya.",
    },
    "beyond-titles": {
        "en": "The row has more cells than there are titles, so its values may stand in the wrong "
        "columns: put text that contains the delimiter in quotation marks, or send XLSX.",
        "id": "Baris ini memuat lebih banyak sel daripada judul sehingga nilainya mungkin "
        "bergeser: beri tanda kutip pada teks yang memuat pemisah, atau kirim XLSX.",
    },
    "id-missing": {
        "en": "No {title}: fill it in, or delete the row if it is a note.",
        "id": "{title} kosong: isi, atau hapus barisnya bila hanya catatan.",
    },
    "id-missing-named": {
        "en": "No {title}. By the name it could be: {more}. Write the right one.",
        "id": "{title} kosong. Menurut namanya mungkin: {more}. Tulis yang benar.",
    },
    "id-is-name": {
        "en": "A name instead of {title}. It could be: {more}. Write the right one.",
        "id": "Berisi nama, bukan {title}. Mungkin: {more}. Tulis yang benar.",
    },
    "id-no-text": {
        "en": "A date, a percentage or TRUE/FALSE instead of {title}: format the column as text "
        "and write it again, e.g. {example}.",
        "id": "Berisi tanggal, persen, atau BENAR/SALAH, bukan {title}: ubah format kolom menjadi "
        "teks lalu tulis ulang, mis. {example}.",
    },
    "id-digits-lost": {
        "en": "A number this long has already lost digits in Excel: format the column as text and "
        "enter it again from the source, e.g. {example}.",
        "id": "Angka sepanjang ini sudah kehilangan digit di Excel: ubah format kolom menjadi teks "
        "lalu isi ulang dari sumbernya, mis. {example}.",
    },
    "id-zero-lost": {
        "en": "A zero was lost, as happens when {title} is kept as a number. Probably {more}: "
        "format the column as text and write it again.",
        "id": "Ada angka nol yang hilang karena {title} disimpan sebagai angka. Mungkin {more}: "
        "ubah format kolom menjadi teks lalu tulis ulang.",
    },
    "id-form": {
        "en": "This is not how {title} is written. Write it as {example}; delete the row if it is "
        "a note.",
        "id": "Bukan bentuk {title}. Tulis seperti {example}; hapus barisnya bila hanya catatan.",
    },
    "id-unknown": {
        "en": "No candidate has this {title}: check it.",
        "id": "Tidak ada kandidat dengan {title} ini: periksa lagi.",
    },
    "id-twice": {
        "en": "The same {title} stands in rows {more}: keep one of them.",
        "id": "{title} yang sama ada di baris {more}: sisakan satu.",
    },
    "row-twice": {
        "en": "The same row stands in rows {more}: keep one of them.",
        "id": "Baris yang sama persis ada di baris {more}: sisakan satu.",
    },
    "record-twice": {
        "en": "The same record of one candidate stands in rows {more}: keep one of them.",
        "id": "Rincian yang sama dari satu kandidat ada di baris {more}: sisakan satu.",
    },
    "not-a-date": {
        "en": "Not a date: write year, month and day, e.g. 2024-12-31.",
        "id": "Bukan tanggal: tulis tahun, bulan, hari, mis. 2024-12-31.",
    },
    "scheme-unknown": {
        "en": "No such way of numbering. Write one of: {more}.",
        "id": "Skema penomoran tidak dikenal. Tulis salah satu dari: {more}.",
    },
    "joins-itself": {
        "en": "The id is that of its candidate: delete the row.",
        "id": "Nomor ini sama dengan kandidatnya: hapus barisnya.",
    },
    "not-yes-or-no": {
        "en": "Neither yes nor no: write one of them, or leave the cell empty to decide later.",
        "id": "Bukan ya atau tidak: tulis salah satunya, atau kosongkan bila belum diputuskan.",
    },
    "name-differs": {
        "en": "The name does not fit the id, which is that of {first}.{rest} Correct the one or "
        "the other; a row may have been swapped.",
        "id": "Nama tidak cocok dengan kodenya, yaitu kode {first}.{rest} Perbaiki salah satunya; "
        "mungkin ada baris yang tertukar.",
    },
    "formula-error": {
        "en": "A formula failed here: correct it, or leave the cell empty if the value is unknown.",
        "id": "Rumus di sini gagal: perbaiki, atau kosongkan selnya bila nilainya tidak diketahui.",
    },
    "placeholder": {
        "en": "Not a number: leave the cell empty if the value is unknown; write 0 only for a true "
        "zero.",
        "id": "Bukan angka: kosongkan selnya bila nilainya tidak diketahui; tulis 0 hanya bila "
        "memang nol.",
    },
    "percent-sign": {
        "en": "A percent sign in {title}, which is measured in {unit}: {write}.",
        "id": "Ada tanda persen pada {title}, yang bersatuan {unit}: {write}.",
    },
    "percent-cell": {
        "en": "The cell shows a percentage but {title} is measured in {unit}: format the column as "
        "a number; {write}.",
        "id": "Sel ini berformat persen, padahal {title} bersatuan {unit}: ubah format kolom "
        "menjadi angka; {write}.",
    },
    "currency": {
        "en": "A currency sign: write the number alone, e.g. 2500000.",
        "id": "Ada tanda mata uang: tulis angkanya saja, mis. 2500000.",
    },
    "boolean": {
        "en": "TRUE or FALSE instead of a number: write the number.",
        "id": "Berisi BENAR atau SALAH, bukan angka: tulis angkanya.",
    },
    "date": {
        "en": "A date instead of a number (Excel turns 1-2 or 3/4 into dates): format the cell as "
        "a number and write it again.",
        "id": "Berisi tanggal, bukan angka (Excel mengubah 1-2 atau 3/4 menjadi tanggal): ubah "
        "format sel menjadi angka lalu tulis ulang.",
    },
    "not-a-number": {
        "en": "Not a number: write digits, e.g. {digits}.",
        "id": "Bukan angka: tulis dengan angka, mis. {digits}.",
    },
    "ambiguous-number": {
        "en": "This can mean {as_decimal} or {as_whole}: say how numbers are written with "
        "--numbers id (1.234,5) or --numbers en (1,234.5).",
        "id": "Bisa berarti {as_decimal} atau {as_whole}: nyatakan cara menulis angka dengan "
        "--numbers id (1.234,5) atau --numbers en (1,234.5).",
    },
    "mixed-numbers": {
        "en": "The column writes some decimals with a point and others with a comma: use one of "
        "them throughout.",
        "id": "Kolom ini memakai titik dan juga koma sebagai tanda desimal: pakai salah satu saja.",
    },
    "other-format-id": {
        "en": "Not a number as declared with --numbers id (1.234,5): write it so, or import with "
        "--numbers en.",
        "id": "Bukan angka menurut --numbers id (1.234,5): tulis seperti itu, atau impor dengan "
        "--numbers en.",
    },
    "other-format-en": {
        "en": "Not a number as declared with --numbers en (1,234.5): write it so, or import with "
        "--numbers id.",
        "id": "Bukan angka menurut --numbers en (1,234.5): tulis seperti itu, atau impor dengan "
        "--numbers id.",
    },
    "not-whole": {
        "en": "{title} is counted: write a whole number.",
        "id": "{title} berupa hitungan: tulis bilangan bulat.",
    },
    "below-minimum": {
        "en": "{title} cannot be less than {minimum}: ask the sender.",
        "id": "{title} tidak mungkin kurang dari {minimum}: tanyakan kepada pengirim.",
    },
    "above-maximum": {
        "en": "{title} cannot be more than {maximum} ({unit}): ask the sender.",
        "id": "{title} tidak mungkin lebih dari {maximum} ({unit}): tanyakan kepada pengirim.",
    },
    "too-large": {
        "en": "The number is too large to be kept exactly: ask the sender.",
        "id": "Angkanya terlalu besar untuk disimpan dengan tepat: tanyakan kepada pengirim.",
    },
    "not-text": {
        "en": "A number or a date where {title} is text: format the column as text and write it "
        "again, so that no zero is lost.",
        "id": "Berisi angka atau tanggal, padahal {title} berupa teks: ubah format kolom menjadi "
        "teks lalu tulis ulang agar tidak ada nol yang hilang.",
    },
    "not-among": {
        "en": "{title} must be one of: {values}.",
        "id": "{title} harus salah satu dari: {values}.",
    },
    "required": {
        "en": "{title} must be filled in.",
        "id": "{title} wajib diisi.",
    },
}
