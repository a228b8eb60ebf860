import csv
import io
import json
from pathlib import Path

from flask.testing import FlaskClient

from awards.web.public.downloads import safe_cell
from tests.web.pages import RANKING, visit
from tests.web.worlds import crowd_site, open_site, places_site


def rows(client: FlaskClient, address: str) -> list[dict[str, str]]:
    text = client.get(address).get_data(as_text=True)
    return list(csv.DictReader(io.StringIO(text)))


def test_the_ranking_as_csv_holds_every_candidate_with_full_figures(client: FlaskClient) -> None:
    response = client.get(f"{RANKING}ranking.csv")
    table = rows(client, f"{RANKING}ranking.csv")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == (
        'attachment; filename="ipm-2024-local-ranking.csv"'
    )
    assert len(table) == 8
    assert table[0] == {
        "place": "1",
        "id": "35.01",
        "name": "Kota Surabaya",
        "title": "First place",
        "class": "High",
        "total": "95.0",
        "learning": "57.0",
        "life": "38.0",
    }


def test_a_narrowed_view_is_downloaded_narrowed(client: FlaskClient) -> None:
    found = rows(client, f"{RANKING}ranking.csv?f-type=city&sort=name")
    assert [each["name"] for each in found] == ["Kota Madiun", "Kota Malang", "Kota Surabaya"]


def test_the_ranking_as_json_holds_seal_and_rows(client: FlaskClient) -> None:
    told = json.loads(client.get(f"{RANKING}ranking.json?q=35.01").get_data())
    assert told == {
        "edition": "ipm-2024",
        "category": "local",
        "seal": "9c41e07a" * 8,
        "segments": ["learning", "life"],
        "rows": [
            {
                "place": 1,
                "shared": False,
                "id": "35.01",
                "name": "Kota Surabaya",
                "title": {"en": "First place", "id": "Juara I"},
                "class": {"en": "High", "id": "Tinggi"},
                "total": 95.0,
                "contributions": [57.0, 38.0],
            }
        ],
    }


def test_an_empty_result_is_still_json(client: FlaskClient) -> None:
    told = json.loads(client.get(f"{RANKING}ranking.json?q=nobody").get_data())
    assert told["rows"] == []


def test_withheld_contributions_are_absent_from_files() -> None:
    table = rows(visit(places_site()), f"{RANKING}ranking.csv")
    assert [table[0]["learning"], table[7]["learning"]] == ["57.0", ""]


def test_a_crowd_is_downloaded_whole() -> None:
    table = rows(visit(crowd_site(1_234)), f"{RANKING}ranking.csv")
    assert [each["place"] for each in table] == [str(n + 1) for n in range(1_234)]


def test_no_text_cell_begins_a_formula() -> None:
    client = visit(open_site(("=1+1", "+62", "-5", "@x", "\tTab", "Kota 6", "Kota 7", "Kota 8")))
    names = [each["name"] for each in rows(client, f"{RANKING}ranking.csv")]
    assert names[:5] == ["'=1+1", "'+62", "'-5", "'@x", "'\tTab"]
    assert safe_cell("Kota 6") == "Kota 6"


def test_prepared_files_are_sent_as_they_are(tmp_path: Path) -> None:
    site = open_site()
    for name, body in {
        "manifest.json": b'{"run": 1}',
        "bundle.zip": b"PK",
        "ranking.csv": b"all,of,it\r\n",
    }.items():
        path = tmp_path / name
        path.write_bytes(body)
        site.files["ipm-2024", "local", name] = path
    client = visit(site)
    with client.get(f"{RANKING}manifest.json") as manifest:
        assert manifest.get_data() == b'{"run": 1}'
        assert manifest.headers["Cache-Control"] == "public, max-age=60"
        assert manifest.headers["Content-Disposition"] == (
            "attachment; filename=ipm-2024-local-manifest.json"
        )
    asked_again = {"If-None-Match": manifest.headers["ETag"]}
    with client.get(f"{RANKING}manifest.json", headers=asked_again) as again:
        assert again.status_code == 304
    with client.get(f"{RANKING}bundle.zip") as bundle:
        assert bundle.get_data() == b"PK"
    with client.get(f"{RANKING}ranking.csv") as prepared:
        assert prepared.get_data() == b"all,of,it\r\n"
    assert len(rows(client, f"{RANKING}ranking.csv?f-type=city")) == 3


def test_a_file_that_is_not_public_is_no_page(client: FlaskClient) -> None:
    assert client.get(f"{RANKING}bundle.zip").status_code == 404
    assert client.get(f"{RANKING}results.parquet").status_code == 404
    assert client.get(f"{RANKING}..%2f..%2fawards.sqlite3").status_code == 404
