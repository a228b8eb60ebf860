"""The types of record that the bundled rules count."""

from awards.sdk import RecordColumn, RecordType

PARTNERS = RecordType(
    code="partners",
    title={"en": "Partner enterprises", "id": "Usaha binaan"},
    columns=(
        RecordColumn(
            code="partner_id",
            title={"en": "Partner's employer number (NPP)", "id": "NPP mitra binaan"},
            register="company",
            required=False,
        ),
        RecordColumn(
            code="partner_name",
            title={"en": "Partner's name", "id": "Nama mitra binaan"},
        ),
        RecordColumn(
            code="workers",
            title={"en": "Partner's workers", "id": "Tenaga kerja mitra binaan"},
            type=int,
            unit="people",
            required=False,
            minimum=0,
        ),
        RecordColumn(
            code="active_participants",
            title={"en": "Partner's insured workers", "id": "Peserta aktif mitra binaan"},
            type=int,
            unit="people",
            required=False,
            minimum=0,
        ),
    ),
    key=("partner_id",),
    claimed_twice="each",
)
"""Enterprises that a company has taken under its wing. One that has no employer
number is in no register; it is counted, and told from no other."""

REGULATIONS = RecordType(
    code="regulations",
    title={"en": "Regulations", "id": "Peraturan"},
    columns=(
        RecordColumn(code="number", title={"en": "Number", "id": "Nomor"}),
        RecordColumn(
            code="form",
            title={"en": "Form of regulation", "id": "Bentuk peraturan"},
            values={
                "perda": {"en": "Regional regulation", "id": "Peraturan daerah"},
                "perbup": {"en": "Regent's regulation", "id": "Peraturan bupati"},
                "perwali": {"en": "Mayor's regulation", "id": "Peraturan wali kota"},
                "edaran": {"en": "Circular", "id": "Surat edaran"},
            },
        ),
        RecordColumn(
            code="year",
            title={"en": "Year", "id": "Tahun"},
            type=int,
            minimum=1945,
            maximum=2100,
        ),
        RecordColumn(code="subject", title={"en": "Subject", "id": "Tentang"}),
    ),
    key=("form", "number", "year"),
    claimed_twice=None,
)
"""What a government has put into rules; each government numbers its own."""

INNOVATIONS = RecordType(
    code="innovations",
    title={"en": "Innovations", "id": "Inovasi"},
    columns=(
        RecordColumn(code="title", title={"en": "Title of innovation", "id": "Judul inovasi"}),
        RecordColumn(
            code="year",
            title={"en": "Year", "id": "Tahun"},
            type=int,
            minimum=1945,
            maximum=2100,
        ),
        RecordColumn(
            code="description",
            title={"en": "Description", "id": "Uraian"},
            required=False,
        ),
    ),
    key=("title", "year"),
    claimed_twice=None,
)

PANEL_SCORES = RecordType(
    code="panel-scores",
    title={"en": "Scores of the panel", "id": "Nilai panel"},
    columns=(
        RecordColumn(code="juror", title={"en": "Juror", "id": "Juri"}),
        RecordColumn(code="item", title={"en": "Item", "id": "Butir penilaian"}),
        RecordColumn(
            code="score",
            title={"en": "Score", "id": "Nilai"},
            type=float,
            unit="points",
            required=False,
            minimum=0,
            maximum=100,
        ),
    ),
    key=("juror", "item"),
    claimed_twice=None,
    carried=False,
)
"""One juror's score for one item; an empty score was not given and is not zero."""
