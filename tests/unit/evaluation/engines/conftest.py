"""One Spark for all tests of this folder, as small as it goes."""

from collections.abc import Callable, Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from pyspark.sql import SparkSession

from awards.evaluation.engines.spark import Spark, spark_session

SMALL = {
    "spark.sql.shuffle.partitions": "2",
    # Rules become programs that take longer to compile than a few hundred rows to work on.
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
}

MakeEngine = Callable[[], Spark]


@pytest.fixture(scope="session")
def session() -> Iterator[SparkSession]:
    with spark_session("local[2]", **SMALL) as session:
        yield session


@pytest.fixture
def spark(session: SparkSession, tmp_path: Path) -> Iterator[MakeEngine]:
    """Makes engines, each over an empty folder."""
    numbers = count()

    def make() -> Spark:
        folder = tmp_path / f"shared-{next(numbers)}"
        folder.mkdir()
        return Spark(session, folder)

    yield make


def table(columns: Mapping[str, Any], schema: Mapping[str, Any]) -> pl.DataFrame:
    return pl.DataFrame(columns, schema=schema, strict=False)
