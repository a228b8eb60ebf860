"""The faces that documents are printed with."""

import pytest

from awards.documents.fonts import (
    CUTS,
    FontMissing,
    LettersMissing,
    _read_font,
    check_letters,
    cut_faces,
)


def test_every_cut_is_there_with_its_rule():
    faces = cut_faces(["Kota Surabaya"])

    assert tuple(face.cut for face in faces.all) == CUTS
    assert faces.stylesheet.count("@font-face") == len(CUTS)


def test_heavier_face_is_wider():
    faces = cut_faces(["Kota"])
    widths = [faces.find("Cert Serif", weight).measure("Kota") for weight in (400, 500, 600)]

    assert widths == sorted(widths)
    assert 1.5 < widths[0] < widths[-1] < 2.5


def test_unknown_face_is_refused():
    with pytest.raises(FontMissing, match="“Cert Serif” of weight 700"):
        cut_faces(["x"]).find("Cert Serif", 700)


def test_font_package_that_is_not_installed_is_named():
    with pytest.raises(FontMissing, match="Install the package fontpkg-absent"):
        _read_font("fontpkg_absent", "Absent[")


@pytest.mark.parametrize("text", ["Kota Surabaya", "Łódź Ñuñoa Čačak", "“PT” – 29 Juli 2025", ""])
def test_letters_that_the_font_has_pass(text):
    check_letters(text, label="recipient")


@pytest.mark.parametrize(
    ("text", "named"),
    [("Surabaya 🏆", "“🏆” (U+1F3C6)"), ("a\u00adb", "U+00AD"), ("a\tb", "U+0009")],
)
def test_letters_that_the_font_lacks_are_named(text, named):
    with pytest.raises(LettersMissing) as caught:
        check_letters(text, label="recipient")

    assert named in str(caught.value)
