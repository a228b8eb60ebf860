"""What a design folder must hold, and what is refused of it."""

import re

import pytest

from awards.documents.certificates import render_certificate
from awards.documents.designs import DesignRefused, load_design
from awards.documents.printing import AssetMissing, PrintingFault
from awards.documents.templates import VariablesMissing

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9mm" height="9mm">{}</svg>'


def edit(file, old: str, new: str) -> None:
    """Replace *old*, which must be there, in *file*."""
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


def add_to_page(folder, html: str) -> None:
    edit(folder / "certificate.html", "</main>", f"{html}</main>")


def test_copy_of_the_bundled_design_prints_the_same_certificate(surabaya, own_design, certificate):
    assert render_certificate(surabaya, own_design) == certificate


def test_bundled_design_knows_both_languages(kawung):
    data = load_design(kawung).data

    assert (data.code, sorted(data.words), data.second_lines) == (
        "kawung",
        ["en", "id"],
        {"id": "en"},
    )


@pytest.mark.parametrize("name", ["certificate.html", "style.css", "design.toml"])
def test_missing_file_is_named(own_design, name):
    (own_design / name).unlink()

    with pytest.raises(DesignRefused, match=f"own has no {re.escape(name)}"):
        load_design(own_design)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('code = "kawung"', 'code = "Kawung!"', "code"),
        ('name = "recipient"', 'name = "recipent"', "recipent|fields"),
        ('seal = "Seal"', "", "words.en has no seal"),
        ("[second_lines]", "[second_line]", "second_line"),
        ("max_length = 160", "max_length = 0", "max_length"),
        ('code = "kawung"', "code = ", "is not TOML"),
    ],
)
def test_wrong_data_is_refused_with_its_place(own_design, old, new, words):
    edit(own_design / "design.toml", old, new)

    with pytest.raises(DesignRefused, match=f"own/design.toml.*({words})"):
        load_design(own_design)


def test_picture_that_the_program_draws_cannot_be_brought(own_design):
    (own_design / "qr.svg").write_text(SVG.format(""))

    with pytest.raises(DesignRefused, match=r"qr\.svg"):
        load_design(own_design)


def test_own_emblem_takes_the_place_of_the_neutral_one(surabaya, own_design, certificate):
    circle = SVG.format('<circle r="4" cx="4" cy="4"/>')
    (own_design / "emblem-left.svg").write_text(circle)

    assert len(render_certificate(surabaya, own_design)) < len(certificate) - 1_000


def test_missing_variables_are_told_all_at_once(surabaya, own_design):
    add_to_page(own_design, "{{ recipint }} {{ words.greeting }} {% if bonus %}x{% endif %}")

    with pytest.raises(VariablesMissing, match="recipint, greeting, bonus"):
        render_certificate(surabaya, own_design)


def test_template_that_cannot_be_filled_is_refused(surabaya, own_design):
    add_to_page(own_design, "{{ recipint.name }}")

    with pytest.raises(VariablesMissing, match="'recipint' is undefined"):
        render_certificate(surabaya, own_design)


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ('<img alt="" src="asset:arms.png">', "arms.png is missing"),
        ('<img alt="" src="file:///etc/hostname">', "file:///etc/hostname lies outside"),
        ('<img alt="" src="http://127.0.0.1:9/x.png">', "http://127.0.0.1:9/x.png lies outside"),
        ('<img alt="" src="HTTPS://contoh.id/x.png">', "contoh.id/x.png lies outside"),
        ('<img alt="" src="data:image/png;base64,?">', "cannot be read|Failed to load"),
        ('<p style="background: url(asset:paper.png)">x</p>', "paper.png is missing"),
        ('<style>@import "asset:more.css";</style>', "more.css is missing"),
        ('<link rel="stylesheet" href="file:///etc/x.css">', "file:///etc/x.css lies outside"),
        ('<link rel="attachment" href="file:///etc/passwd">', "file:///etc/passwd lies outside"),
        (
            "<style>@font-face { font-family: Mine; src: url(asset:mine.ttf) }</style>",
            "mine.ttf is missing",
        ),
        (
            '<svg width="9" height="9"><image href="file:///etc/hostname"/></svg>',
            "file:///etc/hostname lies outside",
        ),
    ],
)
def test_nothing_is_loaded_from_outside_the_design(surabaya, own_design, html, reason):
    add_to_page(own_design, html)

    with pytest.raises((AssetMissing, PrintingFault), match=reason):
        render_certificate(surabaya, own_design)


def test_picture_inside_a_picture_is_refused_too(surabaya, own_design):
    (own_design / "arms.svg").write_text(SVG.format('<image href="http://127.0.0.1:9/a.png"/>'))
    add_to_page(own_design, '<img alt="" src="asset:arms.svg">')

    with pytest.raises(AssetMissing, match=r"127\.0\.0\.1:9/a\.png lies outside"):
        render_certificate(surabaya, own_design)


def test_font_of_the_system_is_refused(surabaya, own_design):
    add_to_page(own_design, '<p style="font-family: monospace">x</p>')

    with pytest.raises(PrintingFault, match=r"font of the system .+ would be used"):
        render_certificate(surabaya, own_design)


def test_second_page_is_refused(surabaya, own_design):
    add_to_page(
        own_design,
        '</main><p style="position: static">x</p>'
        '<p style="position: static; break-before: page">y</p>',
    )

    with pytest.raises(PrintingFault, match="2 pages instead of one"):
        render_certificate(surabaya, own_design)


def test_warning_of_the_printer_is_a_refusal(surabaya, own_design):
    edit(own_design / "style.css", "margin: 0;", "margin: 0; margni: 1mm;")

    with pytest.raises(PrintingFault, match="margni"):
        render_certificate(surabaya, own_design)


def test_picture_without_words_for_it_is_a_refusal(surabaya, own_design):
    (own_design / "arms.svg").write_text(SVG.format('<circle r="4"/>'))
    add_to_page(own_design, '<img src="asset:arms.svg">')

    with pytest.raises(PrintingFault, match="alt"):
        render_certificate(surabaya, own_design)


def test_presentational_attributes_have_no_effect(surabaya, own_design):
    plain = render_certificate(surabaya, own_design)
    edit(own_design / "certificate.html", "<h1 ", '<h1 align="right" bgcolor="#ff0000" ')

    assert render_certificate(surabaya, own_design) == plain
