"""Spark by configuration: what an instance computes on."""

from pathlib import Path

import pytest

from awards.cli.instance import Instance
from awards.domain.errors import Refused
from awards.services.apart import Apart
from awards.services.on_spark import OnSpark


def configured(folder: Path, text: str) -> Instance:
    (folder / "config.toml").write_text(text, "utf-8")
    return Instance(folder)


def test_polars_computes_unless_told_otherwise(tmp_path: Path) -> None:
    assert isinstance(Instance(tmp_path).compute_on(None), Apart)


def test_spark_computes_where_one_is_configured_and_polars_where_it_is_named(
    tmp_path: Path,
) -> None:
    instance = configured(tmp_path, '[spark]\naddress = "local[2]"\n')
    assert isinstance(instance.compute_on(None), OnSpark)
    assert isinstance(instance.compute_on("spark"), OnSpark)
    assert isinstance(instance.compute_on("polars"), Apart)


def test_spark_that_is_not_configured_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="names no Spark"):
        Instance(tmp_path).compute_on("spark")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[spark]\n", "sets address"),
        ('[spark]\naddress = "local"\nmemory = 1\n', "sets memory"),
        ('[spark]\naddress = "spark://head:7077"\n', "needs a folder"),
    ],
)
def test_settings_that_cannot_be_used_are_named(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(Refused, match=told):
        _ = configured(tmp_path, text).settings
