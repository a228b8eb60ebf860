"""Issuing: serials without a gap, each certificate once, nothing half-issued."""

import shutil
from pathlib import Path

import pytest

from awards.documents.certificates import find_design
from awards.domain.errors import Altered, AwardsError, NotFound
from awards.services import certificates
from awards.storage.archive import sha256_of
from tests.unit.services.world import World


def issued(world: World) -> list[tuple[int, str, str, str]]:
    with world.stores.database.reading() as records:
        found = records.certificates.list("kop-open")
    return [(each.serial, each.category, each.candidate, each.language) for each in found]


def test_serials_count_on_over_categories_and_languages_and_nobody_gets_two(
    published: World,
) -> None:
    before = len(published.ledger())
    published.issue("kop-open", "primary")
    (again, events) = (published.issue("kop-open", "primary"), len(published.ledger()))
    assert (again, events) == ((), before + 2)
    published.issue("kop-open", "secondary")
    published.issue("kop-open", "primary", language="en")
    assert issued(published) == [
        (1, "primary", "K0001", "id"),
        (2, "primary", "K0002", "id"),
        (3, "secondary", "K0011", "id"),
        (4, "secondary", "K0012", "id"),
        (5, "primary", "K0001", "en"),
        (6, "primary", "K0002", "en"),
    ]
    assert published.actions()[before:] == ["certificate.issued"] * 6
    with published.stores.database.reading() as records:
        found = records.certificates.list("kop-open")
    for each in found:
        path = published.stores.archive.certificate(each.sha256)
        assert sha256_of(path) == each.sha256
        assert path.read_bytes().startswith(b"%PDF-")
        assert len(each.code) == 26
    assert [each.number for each in found[:2]] == ["001/KOP/2025", "002/KOP/2025"]
    assert len({each.code for each in found}) == 6
    check_public(published)


def check_public(world: World) -> None:
    """The verify page knows each by its code, and no file that was altered is given out."""
    site = world.site
    edition = site.edition("kop-open")
    assert edition is not None
    first, _, _ = site.certificates(edition.categories[0])[:3]
    assert site.certificate(f" {first.code.lower()} ") == first
    assert site.certificate("A" * 26) is None
    path = site.certificate_file(first.code)
    assert path is not None
    path.write_bytes(path.read_bytes() + b"\n")
    with pytest.raises(Altered, match=first.sha256):
        site.certificate_file(first.code)


def test_before_anything_is_decided_nothing_is_issued(imported: World) -> None:
    before = imported.ledger()
    with pytest.raises(NotFound, match="Decide first: awards decide kop-open/primary"):
        imported.issue("kop-open", "primary")
    assert (issued(imported), imported.ledger()) == ([], before)


@pytest.mark.parametrize("lacking", ["style.css", "certificate.html"])
def test_a_refused_document_uses_no_serial(published: World, tmp_path: Path, lacking: str) -> None:
    whole = find_design(published.rulebook.certificate_design("kawung").folder)
    broken = Path(shutil.copytree(whole, tmp_path / "kawung"))
    (broken / lacking).unlink()
    before = published.ledger(), published.files()
    with pytest.raises(AwardsError, match=lacking):
        published.issue("kop-open", "primary", design=broken)
    assert (issued(published), published.ledger(), published.files()) == ([], *before)


def test_of_two_who_issue_at_once_only_one_issues_each(
    published: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second has looked before the first began, and writes after it ended."""
    make = certificates._issue

    def after_another(*given: object) -> object:
        monkeypatch.setattr(certificates, "_issue", make)
        published.issue("kop-open", "secondary")
        return make(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(certificates, "_issue", after_another)
    assert published.issue("kop-open", "secondary") == ()
    assert [each[2] for each in issued(published)] == ["K0011", "K0012"]
