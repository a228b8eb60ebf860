"""The examples of docs/certificates.md do what the page says."""

import re
from pathlib import Path

import pytest

from awards.documents.certificates import render_certificate
from awards.documents.templates import templates_folder

GUIDE = Path(__file__).parents[3] / "docs" / "certificates.md"


def read_example(language: str) -> str:
    """Return the only example of the guide in *language*."""
    (example,) = re.findall(rf"```{language}\n(.*?)```", GUIDE.read_text(), re.DOTALL)
    return example


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    for name, language in (
        ("design.toml", "toml"),
        ("certificate.html", "html"),
        ("style.css", "css"),
    ):
        (tmp_path / name).write_text(read_example(language))
    return tmp_path


def test_example_in_python_prints_a_certificate():
    names: dict[str, object] = {}

    exec(read_example("python"), names)

    assert names["pdf"][:8] == b"%PDF-1.7"


def test_smallest_design_prints_a_certificate(surabaya, plain):
    assert render_certificate(surabaya, plain)[:8] == b"%PDF-1.7"


def test_guide_names_every_value_that_the_bundled_template_expects():
    template = templates_folder() / "certificates" / "kawung" / "certificate.html"
    contract = template.read_text().split("#}")[0]
    expected = set(re.findall(r"(\w+) - (?:str|float|list|dict)", contract))

    guide = GUIDE.read_text().split("### What the template receives")[1].split("###")[0]

    assert expected - set(re.findall(r"`(\w+)`", guide)) == set()
