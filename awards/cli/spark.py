"""The Spark of ``config.toml``."""

from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from awards.domain.errors import Refused


class SparkSettings(BaseModel):
    """``address`` is a master or ``sc://HOST``; ``folder`` is one that this machine and all
    workers see under the same name, which the system's temporary folder is for ``local``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    address: str
    folder: Path | None = None


def read_spark(said: dict[str, Any], path: Path) -> SparkSettings:
    """Raises `Refused`, naming the setting in *path*, for what cannot be used."""
    try:
        found = SparkSettings.model_validate(said)
    except ValidationError as error:
        names = ", ".join(str(each["loc"][0]) for each in error.errors())
        raise Refused(
            f"{path} sets {names} of [spark] in a way that cannot be used. It needs address, "
            'such as "local[2]", and may set folder.'
        ) from error
    if not found.address.startswith("local") and found.folder is None:
        raise Refused(
            f"{path}: the Spark at {found.address} needs a folder that all of its machines see. "
            "Set folder of [spark]."
        )
    return found
