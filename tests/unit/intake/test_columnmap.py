from pathlib import Path

import pytest

from awards.intake.columnmap import read_column_map
from awards.intake.errors import BadColumnMap
from awards.intake.types import ColumnMap


def test_a_map_says_all_there_is_to_say(tmp_path: Path) -> None:
    path = tmp_path / "map.toml"
    path.write_text(
        'numbers = "id"\nsheet = "Data"\nheader_row = 3\n\n'
        '[columns]\nid = "Kode"\nuhh = "Umur Harapan Hidup"\n\n[rows]\ntahun = 2024\n',
        encoding="utf-8",
    )
    assert read_column_map(path) == ColumnMap(
        columns={"id": "Kode", "uhh": "Umur Harapan Hidup"},
        rows={"tahun": "2024"},
        sheet="Data",
        header_row=3,
        numbers="id",
    )


def test_everything_in_a_map_is_optional(tmp_path: Path) -> None:
    path = tmp_path / "map.toml"
    path.write_text("")
    assert read_column_map(path) == ColumnMap()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('kolom = "x"', "kolom: Extra inputs"),
        ('numbers = "de"', "numbers: Input should be 'id' or 'en'"),
        ("header_row = 0", "header_row"),
        ("columns = 5", "columns"),
        ("[columns]\nid = 5", "columns.id"),
        ("[rows]\ntahun = 1.5", "rows.tahun"),
        ("id: Kode", "cannot be used"),
    ],
)
def test_what_is_wrong_with_a_map_is_named(text: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "map.toml"
    path.write_text(text)
    with pytest.raises(BadColumnMap, match=words) as caught:
        read_column_map(path)
    assert str(caught.value).startswith("map.toml: ")


def test_a_map_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadColumnMap, match=r"map\.toml"):
        read_column_map(tmp_path / "map.toml")
