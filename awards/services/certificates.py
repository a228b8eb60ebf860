"""Issue certificates: printed, numbered without a gap, and on record."""

import base64
import secrets
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from babel.dates import format_date

from awards.documents.certificates import CertificateText, Signatory, render_certificate
from awards.domain.definition import CategoryDefinition, fill_number
from awards.domain.errors import NotFound
from awards.domain.records import Certificate, Conferred, Edition, Event
from awards.domain.text import localized
from awards.services.lookup import category_of
from awards.services.stores import Act, Stores
from awards.storage.archive import sha256_of
from awards.storage.records import Records

CODE_BYTES = 16
"""128 bits: a code cannot be found by trying."""


@dataclass(frozen=True, kw_only=True)
class Issue:
    """How certificates are printed: in which design, language, under which address
    they can be verified, and dated when."""

    design: Path
    language: Literal["id", "en"]
    verify_base: str
    dated: date


def issue_certificates(
    stores: Stores, edition: Edition, *, category: str, issue: Issue, act: Act
) -> tuple[Certificate, ...]:
    """Issue a certificate to every holder of a title that has none in the language.

    One transaction a certificate, so that whatever stops it, each serial is used
    once, by a certificate that is on record and on disk. Raises `NotFound` when
    nothing was decided, and whatever the document refuses.
    """
    definition = category_of(edition, category)
    with stores.database.reading() as records:
        decision = records.decisions.latest(edition.code, category)
        issued = records.certificates.list(edition.code, category)
    if decision is None:
        raise NotFound(
            f"Nothing is decided for {edition.code}/{category}. "
            f"Decide first: awards decide {edition.code}/{category}"
        )
    waiting = [each for each in decision.titles if not _has(issued, each, issue)]
    made = (_issue(stores, edition, definition, each, issue, act) for each in waiting)
    return tuple(each for each in made if each is not None)


def _issue(
    stores: Stores,
    edition: Edition,
    definition: CategoryDefinition,
    holder: Conferred,
    issue: Issue,
    act: Act,
) -> Certificate | None:
    """The certificate, or None when the holder has one in the language."""
    code = base64.b32encode(secrets.token_bytes(CODE_BYTES)).decode().rstrip("=")
    with stores.archive.workspace() as prepared, stores.database.transaction() as records:
        # Asked in the transaction, behind the serial's lock: of two who issue at the
        # same time, the second finds what the first has issued.
        serial = records.certificates.next_serial(edition.code)
        if _has(records.certificates.list(edition.code, definition.code), holder, issue):
            return None
        text = _word(edition, definition, holder, issue, serial=serial, code=code)
        path = prepared / "certificate.pdf"
        path.write_bytes(render_certificate(text, issue.design))
        certificate = Certificate(
            code=code,
            edition=edition.code,
            category=definition.code,
            serial=serial,
            number=text.number,
            label=text.serial,
            candidate=holder.candidate,
            name=holder.name,
            title=holder.words,
            language=issue.language,
            sha256=sha256_of(path),
            issued_on=issue.dated,
        )
        stores.archive.adopt(path, stores.archive.certificate(certificate.sha256))
        _record(records, certificate, act)
    return certificate


def _has(issued: tuple[Certificate, ...], holder: Conferred, issue: Issue) -> bool:
    wanted = (holder.candidate, holder.words, issue.language)
    return any((each.candidate, each.title, each.language) == wanted for each in issued)


def _word(
    edition: Edition,
    definition: CategoryDefinition,
    holder: Conferred,
    issue: Issue,
    *,
    serial: int,
    code: str,
) -> CertificateText:
    wording, language = edition.definition.certificate, issue.language
    comma = "," if language == "id" else ""
    return CertificateText(
        language=language,
        issuer=localized(wording.issuer, language),
        unit=localized(wording.unit, language),
        number=fill_number(wording.number, serial),
        recipient=holder.name,
        rank=localized(holder.words, language).upper(),
        category=localized(definition.certificate_title or definition.title, language),
        award=localized(edition.definition.title, language),
        city=wording.city,
        date=format_date(issue.dated, "long", locale=language),
        signatories=tuple(
            Signatory(f"{localized(each.position, language)}{comma}", each.name, each.id)
            for each in wording.signatories
        ),
        serial=fill_number(wording.serial, serial),
        verify_url=f"{issue.verify_base.rstrip('/')}/{language}/verify/{code}",
        seal=f"{localized(wording.ring, language)} · {edition.definition.label}",
    )


def _record(records: Records, certificate: Certificate, act: Act) -> None:
    records.certificates.add(certificate)
    detail: dict[str, object] = {
        "category": certificate.category,
        "candidate": certificate.candidate,
        "number": certificate.number,
        "serial": certificate.serial,
        "language": certificate.language,
        "pdf": certificate.sha256,
    }
    event = Event(
        actor=act.by, action="certificate.issued", subject=certificate.edition, detail=detail
    )
    records.ledger.append(event, at=act.at)
