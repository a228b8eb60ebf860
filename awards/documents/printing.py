"""From HTML to a tagged, archivable PDF that is the same bytes every time."""

import io
import logging
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import resources
from typing import Any

from weasyprint import HTML
from weasyprint.css import ColorProfile
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from awards.documents.actual_text import add_actual_text
from awards.documents.fetching import SCHEME, Asset, EmbeddedAssets
from awards.documents.fonts import SANS, SERIF, Faces
from awards.documents.pictures import RecordedPicture
from awards.domain.errors import Refused

# The second identifier beside PDF/A, with the schema that PDF/A demands for it
# (ISO 19005-3, 6.6.2.3; ISO 14289-1, 5).
_ACCESSIBILITY_XMP = b"""\
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of the standard</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""
_RDF_END = b"</rdf:RDF>"
_COLORS = "--srgb"


class AssetMissing(Refused):
    """A document asks for a picture, font or stylesheet that it does not carry."""


class PrintingFault(Refused):
    """A design was printed, but not as it was meant; the document is not used."""


_fonts_of_thread = threading.local()


def print_pdf(
    html: str, faces: Faces, *, assets: Mapping[str, Asset], pictures: Mapping[str, RecordedPicture]
) -> bytes:
    """Return *html* as one page of PDF/A-3a with tags.

    *assets*, *pictures* and the *faces* are all that it may load, as ``asset:NAME``. The
    same arguments give the same bytes: no date is written. Raises `AssetMissing` for
    anything missing or from outside, and `PrintingFault` for a second page, a font of
    the system, or any warning of WeasyPrint.
    """
    fonts = {face.cut.asset: Asset(face.content, "font/ttf") for face in faces.all}
    styles = {"fonts.css": Asset(faces.stylesheet.encode(), "text/css")}
    fetcher = EmbeddedAssets({**fonts, **styles, **assets})
    cache = {SCHEME + name: picture for name, picture in pictures.items()}
    with _collect_warnings() as warnings:
        try:
            document = HTML(string=html, url_fetcher=fetcher).render(
                _font_configuration(faces),
                color_profiles={_COLORS: _open_colors()},
                output_intent=_COLORS,
                pdf_variant="pdf/a-3a",
                cache=cache,
            )
            pdf: bytes = document.write_pdf(
                finisher=_finish, output_intent=_COLORS, pdf_variant="pdf/a-3a"
            )
        except FatalURLFetchingError as error:  # a BaseException that no handler would see
            raise _explain(fetcher.refused or [str(error)]) from None
    if fetcher.refused:
        raise _explain(fetcher.refused)
    _check_page(document, warnings)
    return pdf


def _open_colors() -> ColorProfile:
    """Return the sRGB profile that the output intent refers to.

    WeasyPrint's own way of naming it leaves its file open.
    """
    file = resources.files("weasyprint.pdf") / "sRGB2014.icc"
    components = (["r"], ["g"], ["b"])
    content = io.BytesIO(file.read_bytes())
    return ColorProfile(content, file.name, "relative-colorimetric", components)


def _explain(reasons: list[str]) -> AssetMissing:
    return AssetMissing(
        f"The document cannot be printed: {'; '.join(dict.fromkeys(reasons))}. "
        "Put every picture into the design's folder and refer to it as asset:NAME; "
        "fonts are those of the program."
    )


def _check_page(document: Any, warnings: list[str]) -> None:
    faults = list(warnings)
    if len(document.pages) != 1:
        faults.append(f"it takes {len(document.pages)} pages instead of one")
    strange = sorted({font.family for font in document.fonts.values()} - {SERIF, SANS})
    if strange:
        faults.append(f"the font of the system {', '.join(strange)} would be used")
    if faults:
        raise PrintingFault(
            f"The design does not print as it should: {'; '.join(faults)}. Correct the design; "
            f"its fonts are “{SERIF}” and “{SANS}”."
        )


def _font_configuration(faces: Faces) -> FontConfiguration:
    """Return the fonts of this thread: Pango's font maps are not shared between threads."""
    kept: dict[Faces, FontConfiguration] | None = getattr(_fonts_of_thread, "kept", None)
    if kept is None:
        kept = _fonts_of_thread.kept = {}
    if faces not in kept:
        kept[faces] = FontConfiguration()
    return kept[faces]


def _finish(document: Any, pdf: Any) -> None:
    add_actual_text(document, pdf)
    _add_identifier(pdf)


def _add_identifier(pdf: Any) -> None:
    """Write the accessibility identifier into the one RDF block of the metadata."""
    number = int(pdf.catalog["Metadata"].split()[0])
    metadata = pdf.objects[number]
    metadata.stream = [
        part.replace(_RDF_END, _ACCESSIBILITY_XMP + _RDF_END) for part in metadata.stream
    ]
    metadata.compress = False  # readers that only scan the file find it


@contextmanager
def _collect_warnings() -> Iterator[list[str]]:
    handler = _Collector(threading.get_ident())
    logger = logging.getLogger("weasyprint")
    logger.addHandler(handler)
    try:
        yield handler.messages
    finally:
        logger.removeHandler(handler)


class _Collector(logging.Handler):
    """Keeps the warnings of one thread."""

    def __init__(self, thread: int) -> None:
        super().__init__(logging.WARNING)
        self._thread = thread
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self._thread:
            self.messages.append(record.getMessage())
