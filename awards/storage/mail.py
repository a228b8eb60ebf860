"""Letters: by SMTP where a server is configured, else as files in the outbox."""

import secrets
import smtplib
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path
from ssl import create_default_context
from typing import Literal, Protocol

from awards.domain.errors import AwardsError

SECONDS = 15
"""How long a server may take to answer."""


class MailNotSent(AwardsError):
    """The mail server did not take a letter."""


class Letter(Protocol):
    """What is to be sent."""

    @property
    def to(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def text(self) -> str: ...


@dataclass(frozen=True, kw_only=True)
class MailServer:
    """Where letters are handed in, and from whom they are."""

    server: str
    sender: str
    port: int = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str | None = None
    password: str | None = None


class SmtpMailer:
    """Hands letters to a mail server."""

    sends = True

    def __init__(self, server: MailServer) -> None:
        self._server = server

    def send(self, message: Letter) -> None:
        """Raises `MailNotSent`, with what the server said."""
        at = self._server
        try:
            with self._connect() as connection:
                if at.security == "starttls":
                    connection.starttls(context=create_default_context())
                if at.user is not None:
                    connection.login(at.user, at.password or "")
                connection.send_message(_email(message, sender=at.sender))
        except (OSError, smtplib.SMTPException) as error:
            raise MailNotSent(f"{at.server} did not take the letter ({error}).") from error

    def _connect(self) -> smtplib.SMTP:
        at = self._server
        if at.security == "tls":
            context = create_default_context()
            return smtplib.SMTP_SSL(at.server, at.port, timeout=SECONDS, context=context)
        return smtplib.SMTP(at.server, at.port, timeout=SECONDS)


class OutboxMailer:
    """Puts letters into a folder, to be handed on by hand."""

    sends = False

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, message: Letter) -> None:
        """Write one file, readable by its owner only: it may hold a one-time link."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        now = datetime.now(UTC)
        path = self._folder / f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(4)}.eml"
        path.touch(mode=0o600, exist_ok=False)
        path.write_bytes(bytes(_email(message, sender="awards@localhost")))


def _email(message: Letter, *, sender: str) -> EmailMessage:
    email = EmailMessage()
    email["From"], email["To"], email["Subject"] = sender, message.to, message.subject
    email["Date"] = format_datetime(datetime.now(UTC))
    email["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2] or "localhost")
    email["Auto-Submitted"] = "auto-generated"
    email.set_content(message.text)
    return email
