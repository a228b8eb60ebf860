"""What a printed certificate is and holds."""

import io
import os
import pickle
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from awards.documents.certificates import (
    CertificateText,
    Signatory,
    TextRefused,
    list_values,
    render_certificate,
)
from awards.documents.designs import load_design
from awards.documents.fonts import LettersMissing, cut_faces
from awards.documents.guilloche_marks import SealTextTooLong
from awards.documents.names import NameTooLong
from awards.documents.qr import MODULE_MM, SMALLEST_MM, AddressTooLong, list_modules
from awards.domain.errors import AwardsError

PDFA = "{http://www.aiim.org/pdfa/ns/id/}"
PDFUA = "{http://www.aiim.org/pdfua/ns/id/}"


@pytest.fixture
def pdf(certificate: bytes):
    with pikepdf.open(io.BytesIO(certificate)) as opened:
        yield opened


def extract_text(pdf: bytes) -> str:
    """Return the words of *pdf* in reading order, one blank between them."""
    done = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


def list_structure(element) -> list[tuple[str, str | None]]:
    """Return the type and the alternative text of every structure element, in order."""
    found = []
    for kid in element.get("/K", []):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            found.append((str(kid.S), str(kid.Alt) if "/Alt" in kid else None))
            found += list_structure(kid)
    return found


def test_certificate_is_one_page_of_a4_landscape(pdf):
    width, height = (round(float(v) / 72 * 25.4, 1) for v in pdf.pages[0].MediaBox[2:])

    assert (len(pdf.pages), width, height) == (1, 297.0, 210.0)


def test_certificate_has_no_syntax_errors(pdf):
    assert pdf.check_pdf_syntax() == []


def test_metadata_names_both_standards_the_title_and_no_date(pdf):
    with pdf.open_metadata() as metadata:
        found = {
            "part": metadata[f"{PDFA}part"],
            "conformance": metadata[f"{PDFA}conformance"],
            "accessibility": metadata[f"{PDFUA}part"],
            "title": metadata["dc:title"],
            "created": metadata.get("xmp:CreateDate"),
        }

    assert found == {
        "part": "3",
        "conformance": "A",
        "accessibility": "1",
        "title": "Piagam Penghargaan – Kota Surabaya",
        "created": None,
    }
    assert "/CreationDate" not in pdf.docinfo


def test_metadata_is_one_block_and_explains_the_second_identifier(pdf):
    xmp = pdf.Root.Metadata.read_bytes()

    assert xmp.count(b"<rdf:RDF") == 1
    assert b"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/<" in xmp


def test_catalog_marks_the_language_the_tags_and_the_title(pdf):
    root = pdf.Root

    assert (str(root.Lang), bool(root.MarkInfo.Marked)) == ("id", True)
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    assert str(root.OutputIntents[0].S) == "/GTS_PDFA1"


def test_tags_hold_one_heading_and_a_text_for_every_figure(pdf, surabaya):
    structure = list_structure(pdf.Root.StructTreeRoot)

    assert [kind for kind, _ in structure].count("/H1") == 1
    assert [alt for kind, alt in structure if kind == "/Figure"] == [
        f"Kode QR dengan alamat {surabaya.verify_url}",
        "Segel: IPM JAWA TIMUR · PENGHARGAAN · 2024",
    ]


def test_line_work_is_no_content_for_a_reader(pdf):
    kinds = {kind for kind, _ in list_structure(pdf.Root.StructTreeRoot)}

    assert kinds <= {
        "/Document", "/Part", "/Sect", "/Div", "/H1", "/P", "/Span", "/Figure", "/NonStruct",
    }  # fmt: skip


def test_only_the_two_families_are_used_and_embedded(pdf):
    fonts = {}
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
            fonts[str(item.FontName).split("+")[1]] = "/FontFile2" in item

    assert fonts == {
        "Cert-Serif": True,
        "Cert-Serif-Italic": True,
        "Cert-Serif-Medium": True,
        "Cert-Serif-Semi-Bold": True,
        "Cert-Sans-Medium": True,
        "Cert-Sans-Semi-Bold": True,
    }


def test_every_text_of_the_caller_can_be_read_out(certificate, surabaya):
    text = extract_text(certificate)

    for value in (
        "PROGRAM CONTOH IPM JAWA TIMUR", "PIAGAM PENGHARGAAN", surabaya.unit, surabaya.recipient,
        "(Jawa Timur)", surabaya.rank, surabaya.category, surabaya.award, "Surabaya, 29 Juli 2025",
        "Ketua Panitia,", "Sekretaris Panitia,", f"Nomor: {surabaya.number}", surabaya.serial,
        "contoh.id/verify/mzxw6ytboi4dsmjqgaydambqga",
    ):  # fmt: skip
        assert value in text


def test_microtext_repeats_the_number_and_the_serial(certificate, surabaya):
    unit = f"PIAGAM PENGHARGAAN · NOMOR {surabaya.number} · NOMOR SERI {surabaya.serial} · "

    assert extract_text(certificate).startswith(unit * 3)


def test_indonesian_certificate_carries_small_english_lines(certificate):
    text = extract_text(certificate)

    assert "Diberikan kepada Presented to" in text
    assert "atas prestasi sebagai in recognition of achievement as" in text


def test_english_certificate_is_english_throughout(surabaya, kawung):
    english = replace(surabaya, language="en", rank="FIRST PLACE", date="29 July 2025")

    pdf = render_certificate(english, kawung)

    text = extract_text(pdf)
    assert "CERTIFICATE OF AWARD" in text
    assert text.count("Presented to") == 1
    assert not {"Diberikan", "Nomor:", "Keaslian", "PIAGAM"} & set(text.split())
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert str(opened.Root.Lang) == "en"


def test_title_of_the_caller_replaces_the_one_of_the_design_and_its_second_line(surabaya, kawung):
    text = extract_text(render_certificate(replace(surabaya, title="Piagam Apresiasi"), kawung))

    assert "PIAGAM APRESIASI" in text
    assert "Certificate of Award" not in text


def test_overprint_leaves_out_letterhead_microtext_and_seal(surabaya, kawung, certificate):
    pdf = render_certificate(surabaya, kawung, variant="overprint")

    text = extract_text(pdf)
    assert "Kota Surabaya" in text
    assert "PROGRAM CONTOH" not in text
    assert "NOMOR SERI" not in text
    assert len(pdf) < len(certificate) / 4


def test_markup_in_a_name_is_printed_as_it_stands(surabaya, kawung):
    name = "PT <b>Maju</b> & “Jaya”"

    assert name in extract_text(render_certificate(replace(surabaya, recipient=name), kawung))


def test_three_signatories_have_room(surabaya, kawung):
    third = Signatory("Kepala Dinas Tenaga Kerja dan Transmigrasi,", "(contoh)", "NIP 0000 0000")
    signed = replace(surabaya, signatories=(*surabaya.signatories, third))

    text = extract_text(render_certificate(signed, kawung))

    assert "NIP 0000 0000" in text


def test_printing_twice_gives_the_same_bytes(surabaya, kawung, certificate):
    render_certificate(replace(surabaya, recipient="Kota Malang"), kawung)

    assert render_certificate(surabaya, kawung) == certificate


def test_another_process_time_zone_and_hash_seed_give_the_same_bytes(surabaya, certificate):
    code = (
        "import sys, pickle; from awards.documents.certificates import *;"
        "text = pickle.load(sys.stdin.buffer);"
        "sys.stdout.buffer.write(render_certificate(text, find_design('kawung')))"
    )
    environment = os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Jayapura", "LC_ALL": "C"}

    done = subprocess.run(
        [sys.executable, "-c", code],
        input=pickle.dumps(surabaya),
        env=environment,
        capture_output=True,
        check=True,
    )

    assert done.stdout == certificate


def test_printed_qr_code_holds_the_address(certificate, surabaya, tmp_path):
    (tmp_path / "page.pdf").write_bytes(certificate)
    command = ["pdftoppm", "-r", "508", "-gray", "-singlefile", "page.pdf", "page"]
    subprocess.run(command, cwd=tmp_path, check=True)
    expected = list_modules(surabaya.verify_url)
    size = max(SMALLEST_MM, len(expected) * MODULE_MM)
    module = size / len(expected) * 20  # 508 dpi are 20 pixels a millimeter
    left, top = 32 * 20, (210 - 26.2 - 1.2 - 2.6 * 25.4 / 25.4 - 3 - size) * 20

    with Image.open(tmp_path / "page.pgm") as page:
        printed = tuple(
            tuple(
                page.getpixel((round(left + (x + 0.5) * module), round(top + (y + 0.5) * module)))
                < 128
                for x in range(len(expected))
            )
            for y in range(len(expected))
        )

    assert printed == expected


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        ({"recipient": "  "}, TextRefused, ["recipient is missing"]),
        ({"rank": "", "number": ""}, TextRefused, ["rank is missing", "number is missing"]),
        ({"award": "x" * 141}, TextRefused, ["award has 141 characters, 140 have room"]),
        ({"award": "Anugerah " * 15}, TextRefused, ["award", "does not fit a line of 230 mm"]),
        ({"signatories": ()}, TextRefused, ["0 signatories"]),
        ({"verify_url": "javascript:alert(1)"}, TextRefused, ["not a web address"]),
        ({"recipient": "Kelompok Usaha " * 10}, NameTooLong, ["Kelompok Usaha", "shorter form"]),
        ({"recipient": "株式会社"}, LettersMissing, ["recipient", "“会” (U+4F1A)", "U+682A"]),
        ({"recipient": "PT Jaya\u202eX"}, LettersMissing, ["U+202E"]),
        ({"seal": "W" * 44}, SealTextTooLong, ["WWWW"]),
        ({"signatories": (Signatory("Ketua,", "N" * 60),)}, TextRefused, ["NNNN", "72 mm"]),
        ({"signatories": (Signatory("Ketua 印,", ""),)}, LettersMissing, ["position", "U+5370"]),
        ({"language": "fr"}, AwardsError, ["kawung", "“fr”"]),
    ],
)
def test_unprintable_text_is_refused_with_its_reason(surabaya, kawung, change, error, words):
    with pytest.raises(error) as caught:
        render_certificate(replace(surabaya, **change), kawung)

    assert [word for word in words if word not in str(caught.value)] == []


def test_address_whose_squares_would_be_too_fine_is_refused(
    surabaya: CertificateText, own_design: Path
):
    data = own_design / "design.toml"
    data.write_text(data.read_text().replace("max_length = 84", "max_length = 300"))
    long = replace(surabaya, verify_url="https://contoh.id/" + "a" * 70)

    with pytest.raises(AddressTooLong, match=r"smaller than 0\.7 mm"):
        render_certificate(long, own_design)


def test_unknown_variant_is_refused(surabaya, kawung):
    with pytest.raises(TextRefused, match="compact"):
        render_certificate(surabaya, kawung, variant="compact")


def test_threads_that_print_at_once_give_the_same_bytes(surabaya, kawung, certificate):
    with ThreadPoolExecutor(max_workers=4) as threads:
        printed = list(threads.map(lambda _: render_certificate(surabaya, kawung), range(4)))

    assert printed == [certificate] * 4


def test_template_receives_exactly_what_it_says_it_expects(surabaya, kawung):
    contract = (kawung / "certificate.html").read_text().split("#}")[0]
    expected = re.findall(r"(\w+) - (?:str|float|list|dict)", contract)

    values = list_values(surabaya, load_design(kawung), faces=cut_faces(["a"]))

    assert sorted(values) == sorted(expected)
