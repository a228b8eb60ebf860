"""Words that the presets share: notices, titles, certificates."""

from awards.sdk import CertificateWording, Signatory, Text, Use

NOTICE: Text = {
    "en": "An example. Company names are made up, figures are generated and weights are "
    "illustrative; this is not an official award.",
    "id": "Contoh. Nama perusahaan fiktif, angkanya dibangkitkan, dan bobotnya ilustratif; "
    "bukan penghargaan resmi.",
}

DIMENSIONS: Text = {
    "en": "Dimensions as published for the Paritrana Award; weights are published nowhere",
    "id": "Dimensi sebagaimana diberitakan untuk Paritrana Award; bobot tidak pernah diterbitkan",
}

FIRST_THREE = Use(
    code="top-n",
    parameters={
        "titles": [
            {"en": "First place", "id": "Peringkat I"},
            {"en": "Second place", "id": "Peringkat II"},
            {"en": "Third place", "id": "Peringkat III"},
        ]
    },
)


def certificate(mark: str, *, city: str, area: Text) -> CertificateWording:
    """How certificates of 2024 read: an example, signed by nobody in particular."""
    return CertificateWording(
        issuer={
            "en": f"Example program, {area['en']}",
            "id": f"Program contoh {area['id']}",
        },
        unit={
            "en": "Committee of the example program",
            "id": "Panitia program contoh; bukan penghargaan resmi",
        },
        city=city,
        number=f"{{serial:03d}}/{mark}/2024",
        serial=f"{mark}24-{{serial:04d}}",
        ring={
            "en": f"EXAMPLE AWARD · {area['en'].upper()}",
            "id": f"PENGHARGAAN CONTOH · {area['id'].upper()}",
        },
        signatories=(
            Signatory(
                position={"en": "Chair of the Committee", "id": "Ketua Panitia"}, name="(contoh)"
            ),
            Signatory(
                position={"en": "Secretary of the Committee", "id": "Sekretaris Panitia"},
                name="(contoh)",
            ),
        ),
    )
