"""The page that says whether a certificate is genuine."""

from dataclasses import dataclass

from flask import url_for

from awards.domain.published import PublicCertificate
from awards.web.formats import Formats, formats
from awards.web.language import choose_language
from awards.web.parts import parts
from awards.web.public.find import Found
from awards.web.public.layout import Link


@dataclass(frozen=True)
class VerifyPage:
    """The form; ``unknown`` is true after a code that no public certificate bears."""

    action: str
    unknown: bool


@dataclass(frozen=True, kw_only=True)
class CertificatePage:
    """What was issued, to be compared with the paper in hand."""

    number: str
    serial: str
    code: str
    name: str
    title: str
    edition: str
    category: str
    issued: str
    language: str
    sha256: str
    pdf_href: str
    scorecard: Link | None
    ranking: Link | None


def read_code(text: str) -> str:
    """The code in what a visitor typed: itself or the whole address, in any case."""
    return "".join(text.split()).rstrip("/").rpartition("/")[2].upper()[:200]


def verify_page(*, unknown: bool) -> VerifyPage:
    return VerifyPage(url_for("public.verify", lang=choose_language()), unknown)


def certificate_page(certificate: PublicCertificate) -> CertificatePage:
    words = formats()
    return CertificatePage(
        number=certificate.number,
        serial=certificate.label,
        code=certificate.code,
        name=certificate.name,
        title=words.text(certificate.title),
        edition=words.text(certificate.edition_title),
        category=words.text(certificate.category_title),
        issued=words.day(certificate.issued_on),
        language=certificate.language,
        sha256=certificate.sha256,
        pdf_href=url_for("public.certificate_file", code=certificate.code),
        scorecard=_scorecard(certificate),
        ranking=_ranking(certificate, words),
    )


def _found(certificate: PublicCertificate) -> Found | None:
    edition = parts().site.edition(certificate.edition)
    category = edition.category(certificate.category) if edition else None
    return Found(edition, category) if edition and category else None


def _scorecard(certificate: PublicCertificate) -> Link | None:
    found = _found(certificate)
    if found is None:
        return None
    card = parts().site.scorecard(found.category, certificate.candidate)
    return Link(found.scorecard(certificate.candidate), certificate.name) if card else None


def _ranking(certificate: PublicCertificate, words: Formats) -> Link | None:
    found = _found(certificate)
    if found is None:
        return None
    return Link(found.address("ranking"), words.text(certificate.category_title))
