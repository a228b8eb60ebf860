"""The mail server of ``config.toml``."""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from awards.domain.errors import Refused
from awards.storage.mail import MailServer


class _Mail(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    server: str
    sender: str
    port: int = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str | None = None
    password: str | None = None


def read_mail(said: object, path: Path) -> MailServer:
    """Raises `Refused`, naming what cannot be used."""
    try:
        mail = _Mail.model_validate(said)
    except ValidationError as error:
        wrong = "; ".join(f"{each['loc'][0]}: {each['msg']}" for each in error.errors())
        raise Refused(f"{path} has a table mail that cannot be used ({wrong}).") from error
    return MailServer(**mail.model_dump())
