"""What is sent by mail, and by whom it may be sent."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, kw_only=True)
class Message:
    """A plain letter to one address."""

    to: str
    subject: str
    text: str


class Mailer(Protocol):
    """Sends letters, or says where it put them."""

    @property
    def sends(self) -> bool:
        """Whether letters leave the machine; else they are files to be handed on."""

    def send(self, message: Message) -> None:
        """Raises `MailNotSent`; whoever asked can still hand the letter on."""
