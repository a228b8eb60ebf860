"""One certificate: its text checked, fitted and printed in a design."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Literal, get_args

from awards.documents.designs import TEMPLATE, Design, FieldRule, Language, load_design
from awards.documents.fetching import Asset
from awards.documents.fonts import SANS, SERIF, Faces, check_letters, cut_faces
from awards.documents.names import fit_lines, fit_name
from awards.documents.pictures import draw_microtext, draw_pictures
from awards.documents.printing import print_pdf
from awards.documents.qr import draw_qr
from awards.documents.templates import fill_template, templates_folder
from awards.domain.errors import Refused

Variant = Literal["full", "overprint"]
VARIANTS: tuple[Variant, ...] = get_args(Variant)

POSITION_PT, PERSON_PT, ID_PT = 10.5, 11.0, 8.0
COLUMN_MM = {1: 72.0, 2: 72.0, 3: 51.0}


class TextRefused(Refused):
    """The text of a certificate is not complete or does not fit."""


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs: the position as it is printed (with its comma), the name, an id line."""

    position: str
    name: str
    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateText:
    """Everything that a certificate says besides the words of its design.

    `date` is already worded in `language`. `seal` runs around the seal. An empty
    `title` takes the design's. `verify_url` is what the QR code holds.
    """

    language: Language
    issuer: str
    number: str
    recipient: str
    rank: str
    category: str
    award: str
    city: str
    date: str
    signatories: tuple[Signatory, ...]
    serial: str
    verify_url: str
    seal: str
    unit: str = ""
    title: str = ""
    place: str = ""


def find_design(folder: str | Path) -> Path:
    """Return where a design lies: *folder* is absolute, or the name of a bundled one."""
    return templates_folder() / "certificates" / folder


def render_certificate(text: CertificateText, design: Path, *, variant: Variant = "full") -> bytes:
    """Return the certificate of *text* in the design of that folder: one page of PDF/A-3a.

    ``full`` is A4 landscape; ``overprint`` leaves out border, letterhead and seal, for
    sheets that carry them. The same text and design give the same bytes. Raises a
    `Refused` when anything is missing, too long or not printable; then there is no file.
    """
    if variant not in VARIANTS:
        raise TextRefused(f"There is no variant “{variant}”. Use one of: {', '.join(VARIANTS)}.")
    loaded = load_design(design)
    check_text(text, loaded)
    faces = cut_faces(_list_texts(text, loaded))
    values = list_values(text, loaded, faces=faces, variant=variant)
    html = fill_template(design, TEMPLATE, values=values)
    return print_pdf(
        html,
        faces,
        assets={**loaded.assets, **_draw_own_pictures(text, loaded, faces)},
        pictures=draw_pictures(text.seal, without=loaded.assets),
    )


def check_text(text: CertificateText, design: Design) -> None:
    """Raise `TextRefused` with every fault of *text*, or `LettersMissing`."""
    faults = [fault for rule in design.data.fields for fault in _list_faults(text, rule)]
    if not text.verify_url.startswith(("https://", "http://")):
        faults.append(f"verify_url “{text.verify_url}” is not a web address")
    if len(text.signatories) not in COLUMN_MM:
        faults.append(f"it has {len(text.signatories)} signatories; one to three have room")
    if faults:
        raise TextRefused(
            f"The certificate {text.number or '(without number)'} cannot be printed: "
            f"{'; '.join(faults)}. Correct these fields."
        )
    for label, value in _list_labeled(text):
        check_letters(value, label=label)
    for label in ("number", "serial", "verify_url", "title"):
        check_letters(getattr(text, label), label=label, families=(SANS,))
    for word in _list_words(text, design):
        check_letters(word, label="design's word", families=(SERIF, SANS))


def list_values(
    text: CertificateText, design: Design, *, faces: Faces, variant: Variant = "full"
) -> dict[str, object]:
    """Return what a template receives: strings, numbers and lists of them, nothing else."""
    words, second = design.words(text.language), design.second_words(text.language)
    recipient = fit_name(text.recipient, faces.find(SERIF, 600))
    values = {field.name: getattr(text, field.name) for field in fields(text)}
    return values | {
        "variant": variant,
        "title": text.title or words["title"],
        "second_title": "" if text.title else second.get("title", ""),
        "words": words,
        "second": second,
        "recipient_lines": list(recipient.lines),
        "recipient_size": recipient.size,
        "sizes": {
            rule.name: _choose_size(text, rule, faces=faces, words=words)
            for rule in design.data.fields
            if rule.line
        },
        "signatories": [
            _fit_signatory(s, faces, width=COLUMN_MM[len(text.signatories)])
            for s in text.signatories
        ],
        "verify_address": text.verify_url.split("://", 1)[-1],
    }


def _list_faults(text: CertificateText, rule: FieldRule) -> Iterator[str]:
    value: str = getattr(text, rule.name)
    if rule.required and not value.strip():
        yield f"{rule.name} is missing"
    if len(value) > rule.max_length:
        yield f"{rule.name} has {len(value)} characters, {rule.max_length} have room"


def _list_labeled(text: CertificateText) -> Iterator[tuple[str, str]]:
    """Yield every text of the caller with what to call it."""
    for field in fields(text):
        value = getattr(text, field.name)
        if isinstance(value, str):
            yield field.name, value
    for signatory in text.signatories:
        yield "position", signatory.position
        yield "signatory", signatory.name
        yield "signatory's id", signatory.id or ""


def _list_texts(text: CertificateText, design: Design) -> Iterator[str]:
    yield from (value for _, value in _list_labeled(text))
    yield from _list_words(text, design)


def _list_words(text: CertificateText, design: Design) -> Iterator[str]:
    yield from design.words(text.language).values()
    yield from design.second_words(text.language).values()


def _choose_size(
    text: CertificateText, rule: FieldRule, *, faces: Faces, words: dict[str, str]
) -> float:
    """Return the first size in which the field fits its line, or raise `TextRefused`."""
    line = rule.line
    assert line is not None
    value: str = getattr(text, rule.name) or (words["title"] if rule.name == "title" else "")
    printed = value.upper() if line.uppercase else value
    face = faces.find(line.family, line.weight)
    for size in line.sizes:
        if face.measure_mm(printed, size, tracking=line.tracking) <= line.width:
            return size
    raise TextRefused(
        f"The {rule.name} “{value}” does not fit a line of {line.width:g} mm. Give a shorter form."
    )


def _fit_signatory(signatory: Signatory, faces: Faces, *, width: float) -> dict[str, object]:
    regular, heavy = faces.find(SERIF, 400), faces.find(SERIF, 600)
    position = fit_lines(
        signatory.position, regular, size=POSITION_PT, width=width, label="position"
    )
    for value, face, size in (
        (signatory.name, heavy, PERSON_PT),
        (signatory.id or "", regular, ID_PT),
    ):
        if face.measure_mm(value, size) > width:
            raise TextRefused(
                f"The signatory's line “{value}” does not fit {width:g} mm. Give a shorter form."
            )
    return {
        "position_lines": list(position.lines),
        "name": signatory.name,
        "id": signatory.id or "",
    }


def _draw_own_pictures(text: CertificateText, design: Design, faces: Faces) -> dict[str, Asset]:
    """Return the pictures that belong to this certificate alone."""
    words = design.words(text.language)
    title = text.title or words["title"]
    microtext = f"{title} · {words['number']} {text.number} · {words['serial']} {text.serial}"
    drawn = {
        "microtext.svg": draw_microtext(microtext.upper(), faces.find(SANS, 600)),
        "qr.svg": draw_qr(text.verify_url),
    }
    return {name: Asset(svg.encode(), "image/svg+xml") for name, svg in drawn.items()}
