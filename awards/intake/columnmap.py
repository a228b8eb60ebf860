"""The mapping file: what the sender says about a file whose titles are not the template's."""

import tomllib
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from awards.intake.errors import BadColumnMap
from awards.intake.types import ColumnMap, Numbers


class _MapFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    columns: dict[str, str] = {}
    rows: dict[str, str] = {}
    sheet: str | None = None
    header_row: int | None = Field(default=None, ge=1)
    numbers: Numbers | None = None

    @field_validator("rows", mode="before")
    @classmethod
    def _numbers_are_text(cls, rows: Any) -> Any:
        """``tahun = 2024`` means the same as ``tahun = "2024"``."""
        if not isinstance(rows, dict):
            return rows
        return {title: str(value) if type(value) is int else value for title, value in rows.items()}


def read_column_map(path: Path) -> ColumnMap:
    """The mapping in the TOML file at *path*; raises `BadColumnMap` naming what is wrong."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        read = _MapFile.model_validate(content)
    except ValidationError as error:
        raise BadColumnMap("bad-map", found=_first_fault(error)).in_file(path.name) from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadColumnMap("bad-map", found=str(error)).in_file(path.name) from error
    return ColumnMap(**read.model_dump())


def _first_fault(error: ValidationError) -> str:
    fault = error.errors(include_url=False)[0]
    return f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}"
