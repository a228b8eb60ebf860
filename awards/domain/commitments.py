"""Personal data in the ledger: what stands there proves a value without telling it."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from unicodedata import normalize

NONCE_SIZE = 32
MEMBER = "committed"
"""The member of an event's detail that holds the commitments by name."""


@dataclass(frozen=True, kw_only=True)
class PrivateValue:
    """A value kept beside the ledger, and the random nonce that its commitment needs.

    Once both are deleted, nothing in the ledger tells the value, not even to
    somebody who tries all that are possible.
    """

    name: str
    nonce: bytes
    value: str

    @property
    def commitment(self) -> str:
        """HMAC-SHA256, keyed with the nonce, of the value in NFC as UTF-8; hexadecimal."""
        text = normalize("NFC", self.value).encode()
        return hmac.new(self.nonce, text, hashlib.sha256).hexdigest()


def conceal(values: Mapping[str, str]) -> tuple[PrivateValue, ...]:
    """Each of *values* with a nonce of its own, by name."""
    return tuple(
        PrivateValue(name=name, nonce=secrets.token_bytes(NONCE_SIZE), value=values[name])
        for name in sorted(values)
    )
