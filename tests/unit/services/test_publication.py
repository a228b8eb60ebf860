"""Publishing: everything is prepared first, then switched in at once."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from awards.domain.errors import Altered, NotFound, Refused
from awards.domain.published import RankingQuery
from awards.services import publication
from awards.services.exports import without_formulas
from awards.services.publication import publish
from awards.storage.archive import sha256_of
from awards.storage.digests import read_digests
from awards.storage.published import PublishedFiles
from tests.unit.services.world import ACT, ROWS, World


def test_an_edition_with_an_undecided_category_is_not_published(imported: World) -> None:
    imported.decide(imported.evaluate("kop-open", "primary"))
    before = imported.ledger(), imported.files()
    with pytest.raises(NotFound, match=r"kop-open/secondary is not decided yet.*awards decide"):
        imported.publish("kop-open")
    assert (imported.ledger(), imported.files()) == before
    assert imported.site.edition("kop-open") is None


def test_a_publication_is_one_event_that_names_what_visitors_see(published: World) -> None:
    edition = published.site.edition("kop-open")
    assert edition is not None
    folder = published.stores.archive.public(edition.digest)
    digests = read_digests(folder, digest=edition.digest)
    assert digests == {name: sha256_of(folder / name) for name in digests}
    assert "primary/ranking.csv" in digests
    seq, own = edition.ledger or (0, "")
    entry = published.ledger()[seq - 1]
    assert entry.hash.hex() == own
    assert (entry.event.action, entry.event.subject) == ("edition.published", "kop-open")
    assert entry.event.detail == {"digest": edition.digest, "disclosure": "open"}


def test_visitors_see_the_old_edition_whole_until_the_new_one_is(published: World) -> None:
    site = published.site
    before = site.edition("kop-open")
    assert before is not None
    published.deliver("kop-open", *ROWS[1:])
    published.decide_all("kop-open")
    assert site.edition("kop-open") == before
    published.publish("kop-open")
    now = site.edition("kop-open")
    category = now.category("primary") if now else None
    assert category is not None
    assert [row.id for row in site.ranking(category, RankingQuery()).rows][:2] == ["K0002", "K0003"]


def test_what_is_decided_anew_meanwhile_is_not_passed_over(
    published: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = published.site.edition("kop-open")
    write = publication.write_bundle

    def after_a_decision(*given: object, **more: object) -> None:
        monkeypatch.setattr(publication, "write_bundle", write)
        published.decide(published.evaluate("kop-open", "primary"))
        write(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(publication, "write_bundle", after_a_decision)
    with pytest.raises(Refused, match="kop-open was decided anew while it was being published"):
        published.publish("kop-open")
    assert published.site.edition("kop-open") == before
    assert published.actions()[-1] == "titles.decided"


def _read_all(world: World) -> None:
    """Look at everything that a visitor may."""
    edition = world.site.edition("kop-open")
    for category in edition.categories if edition else ():
        world.site.ranking(category, RankingQuery())
        for name in ("ranking.csv", "ranking.json", "bundle.zip", "manifest.json"):
            world.site.download(category, name)


ALTERED = ["edition.json", "SHA256SUMS", "primary/ranking.csv", "primary/bundle.zip"]
ALTERED += ["primary/candidates/00000.parquet", "primary/ids.parquet", "primary/parts.json"]


@pytest.mark.parametrize("name", ALTERED)
def test_a_public_folder_that_was_altered_is_refused(published: World, name: str) -> None:
    edition = published.site.edition("kop-open")
    assert edition is not None
    path = published.stores.archive.public(edition.digest) / name
    path.write_bytes(path.read_bytes().replace(b"Koperasi", b"Korporas") + b" ")
    with pytest.raises(Altered, match=f"{edition.digest} are not those that were published"):
        _read_all(published)


def test_a_file_put_into_a_public_folder_is_refused(published: World) -> None:
    edition = published.site.edition("kop-open")
    assert edition is not None
    (published.stores.archive.public(edition.digest) / "more.html").write_text("x", "utf-8")
    with pytest.raises(Altered, match=edition.digest):
        published.site.edition("kop-open")


def test_an_altered_edition_is_mended_by_publishing_it_again(published: World) -> None:
    edition = published.site.edition("kop-open")
    assert edition is not None
    (published.stores.archive.public(edition.digest) / "edition.json").unlink()
    publish(
        published.stores,
        published.edition("kop-open"),
        rulebook=published.rulebook,
        act=replace(ACT, at=ACT.at.replace(hour=13)),
    )
    now = published.site.edition("kop-open")
    assert now is not None
    assert now.categories == edition.categories


def export(published: World, name: str) -> Path:
    edition = published.site.edition("kop-open")
    category = edition.category("primary") if edition else None
    path = published.site.download(category, name) if category else None
    assert path is not None
    return path


def test_the_files_for_machines_have_the_rows_of_the_page(published: World) -> None:
    rows = json.loads(export(published, "ranking.json").read_text("utf-8"))
    assert [(row["place"], row["id"], row["title"]) for row in rows[:3]] == [
        (1, "K0001", "place-1"),
        (2, "K0002", "place-2"),
        (3, "K0003", None),
    ]
    with export(published, "ranking.csv").open(encoding="utf-8", newline="") as file:
        assert [row["id"] for row in csv.DictReader(file)] == [row["id"] for row in rows]


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+62", "-cmd", "@SUM(A1)", "\tx", "\rx", "\nx", "\0x", "＝1", "＋1", "－1", "＠x"],
)
def test_text_that_reads_like_a_formula_is_made_harmless(text: str) -> None:
    table = pl.DataFrame({"name": [text, "Koperasi =1", None], "total": [-5.3, 1.0, None]})
    assert without_formulas(table.lazy()).collect().rows() == [
        (f"'{text}", -5.3),
        ("Koperasi =1", 1.0),
        (None, None),
    ]


def test_a_candidate_called_like_a_formula_is_harmless_in_the_published_csv(
    imported: World,
) -> None:
    imported.deliver("kop-open", *ROWS[1:], "K0001,=1+1,primary,1,95,91,")
    imported.decide_all("kop-open")
    imported.publish("kop-open")
    with export(imported, "ranking.csv").open(encoding="utf-8", newline="") as file:
        assert next(row["name"] for row in csv.DictReader(file)) == "'=1+1"


@pytest.mark.parametrize(
    "name",
    ["candidates/00000.parquet", "ids.parquet", "parts.json", "../edition.json", "/etc/passwd", ""],
)
def test_only_the_files_meant_for_it_can_be_downloaded(published: World, name: str) -> None:
    edition = published.site.edition("kop-open")
    assert edition is not None
    assert published.site.download(edition.categories[0], name) is None


def test_an_edition_that_was_never_published_shows_nothing(published: World) -> None:
    assert published.site.edition("kop-plain") is None
    assert {each.code for each in published.site.editions()} == {
        "kop-open",
        "kop-places",
        "kop-winners",
    }
    assert isinstance(published.site, PublishedFiles)
