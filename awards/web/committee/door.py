"""The door to the committee's pages, until there are accounts.

A link that works once, for a quarter of an hour, gives a signed cookie for a day's
work. What every server process must agree on lies in the instance: the key that
signs cookies, and the digest of the link that was not used yet.
"""

import hashlib
import hmac
import json
import os
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from itsdangerous import BadSignature, TimestampSigner

from awards.domain.errors import Refused

KEY = "committee.key"
LINK = "committee.link"
COOKIE = "committee"
LINK_SECONDS = 15 * 60
SESSION_SECONDS = 8 * 60 * 60
_BYTES = 32
"""Of a link's token and of the key: 256 bits."""

Clock = Callable[[], float]


class _Signer(TimestampSigner):
    clock: Clock

    def get_timestamp(self) -> int:
        return int(self.clock())


class Door:
    """Lets in who brings an unused link, and knows them by a cookie afterwards."""

    def __init__(self, folder: Path, *, clock: Clock = time.time) -> None:
        """Make the key in *folder* at the first start. Raises `Refused` for a key that
        others may read."""
        self._link, self._clock = folder / LINK, clock
        self._signer = _Signer(_key(folder / KEY), salt="committee-session")
        self._signer.clock = clock

    def make_link(self) -> str:
        """A new token; one that was made before no longer opens."""
        token = secrets.token_urlsafe(_BYTES)
        said = {"digest": _digest(token), "until": self._clock() + LINK_SECONDS}
        prepared = self._link.with_name(f"{LINK}.{secrets.token_hex(8)}")
        _write_secret(prepared, json.dumps(said).encode())
        prepared.replace(self._link)
        return token

    def enter(self, token: str) -> str | None:
        """The value of a session's cookie for an unused token in time, else None."""
        try:
            said = json.loads(self._link.read_bytes())
        except (OSError, ValueError):
            return None
        fits = hmac.compare_digest(said["digest"], _digest(token))
        if not fits or self._clock() > said["until"]:
            return None
        try:
            self._link.unlink()  # of several at once, one removes it
        except FileNotFoundError:
            return None
        return self._signer.sign(secrets.token_hex(16)).decode()

    def admits(self, cookie: str | None) -> bool:
        """Whether *cookie* was given at this door and is not too old."""
        try:
            self._signer.unsign(cookie or "", max_age=SESSION_SECONDS)
        except BadSignature:
            return False
        return True


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _key(path: Path) -> bytes:
    if not path.exists():
        with suppress(FileExistsError):  # another process may make it meanwhile
            _write_secret(path, secrets.token_hex(_BYTES).encode())
    if path.stat().st_mode & 0o077:
        raise Refused(
            f"{path} can be read by others, so anybody could sign in as the committee. "
            "Delete it; a new one is made at the next start, and everybody enters anew."
        )
    return path.read_bytes()


def _write_secret(path: Path, content: bytes) -> None:
    """Write a new file that only its owner can read."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
