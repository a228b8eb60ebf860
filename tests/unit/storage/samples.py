"""One of each thing on record, small and valid."""

from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from awards.domain.definition import EditionDefinition
from awards.domain.records import (
    Certificate,
    Conferred,
    Decision,
    Edition,
    Event,
    Part,
    Publication,
    Run,
    Snapshot,
    SourceFile,
)

NOON = datetime(2026, 3, 1, 12, 0, 0, 250, tzinfo=UTC)


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


DEFINITION = EditionDefinition.model_validate(
    {
        "code": "ipm-2024",
        "label": "2024",
        "title": {"id": "Penghargaan Pembangunan", "en": "Development award"},
        "period_start": "2024-01-01",
        "period_end": "2024-12-31",
        "certificate": {
            "issuer": {"id": "Panitia"},
            "unit": {"id": "Sekretariat"},
            "city": "Surabaya",
            "number": "{serial:03d}/IPM/2024",
            "serial": "IPM24-{serial:04d}",
            "ring": {"id": "Jawa Timur"},
            "signatories": [{"position": {"id": "Ketua Panitia"}, "name": "Ketua Panitia"}],
        },
        "categories": [
            {
                "code": "regency-city",
                "title": {"id": "Kabupaten/kota"},
                "kind": "regency-city",
                "tree": {
                    "code": "index",
                    "title": {"id": "Indeks"},
                    "children": [
                        {
                            "criterion": "life",
                            "weight": 1.5,
                            "scale": {"code": "goalposts", "parameters": {"low": 20, "high": 85.5}},
                        }
                    ],
                },
            }
        ],
    }
)
EDITION = Edition(
    code="ipm-2024",
    program="ipm",
    program_title={"id": "Indeks Pembangunan Manusia"},
    definition=DEFINITION,
)
PART = Part(
    id="part-1",
    edition="ipm-2024",
    kind="regency-city",
    name="bps",
    sources=(SourceFile(name="ipm é.xlsx", sha256=digest("ipm.xlsx"), sheet="IPM"),),
    columns={"id": "A", "life": "D"},
    rows=38,
    refused=0,
    sha256=digest("part-1"),
    sender="Badan Pusat Statistik",
    as_of=date(2024, 12, 31),
)
SNAPSHOT = Snapshot(
    id=digest("snapshot"),
    edition="ipm-2024",
    kind="regency-city",
    parts=("part-1",),
    rows=38,
    sha256=digest("snapshot.parquet"),
)
RUN = Run(
    seal=digest("manifest"),
    edition="ipm-2024",
    category="regency-city",
    snapshot=SNAPSHOT.id,
    result_digest=digest("result"),
    results_sha256=digest("results.parquet"),
    sources_sha256=digest("sources.parquet"),
)
DECISION = Decision(
    id=0,
    edition="ipm-2024",
    category="regency-city",
    seal=RUN.seal,
    titles=(
        Conferred(
            candidate="35.78",
            name="Kota Surabaya",
            title="first",
            words={"id": "Terbaik I"},
            place=1,
        ),
    ),
    by="Ketua Panitia",
    second="Sekretaris Panitia",
    minutes="BA-01/2025",
    decided_on=date(2025, 2, 3),
)
CERTIFICATE = Certificate(
    code="k7q2m9x4w8c3v6b1n5z0j2h7t4",
    edition="ipm-2024",
    category="regency-city",
    serial=1,
    number="001/IPM/2024",
    label="IPM24-0001",
    candidate="35.78",
    name="Kota Surabaya",
    title={"id": "Terbaik I", "en": "First"},
    language="id",
    sha256=digest("certificate.pdf"),
    issued_on=date(2025, 2, 4),
)
PUBLICATION = Publication(
    edition="ipm-2024",
    digest=digest("public"),
    published_at=NOON,
    ledger_seq=1,
    ledger_hash=digest("event"),
)


def event(subject: str = "ipm-2024", **detail: Any) -> Event:
    return Event(actor="Ketua Panitia", action="tested", subject=subject, detail=detail)


def edition(code: str) -> Edition:
    return replace(EDITION, code=code, definition=DEFINITION.model_copy(update={"code": code}))
