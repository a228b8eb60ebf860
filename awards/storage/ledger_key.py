"""The private key that signs checkpoints: one file, readable by its owner only."""

import os
import stat
from functools import cached_property
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from awards.domain.errors import Refused
from awards.storage.errors import full_disk_in_words


class KeyFile:
    """A private key of Ed25519 in the file *path*; it is read when it is first needed."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def exists(self) -> bool:
        return self.path.exists()

    def create(self) -> None:
        """Make a key, unless there is one. It is whole on the disk or not there."""
        if self.exists():
            return
        temporary = self.path.with_name(f"{self.path.name}.{os.getpid()}")
        pem = Ed25519PrivateKey.generate().private_bytes(
            Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
        )
        with full_disk_in_words(self.path.parent):
            handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(pem)
                file.flush()
                os.fsync(file.fileno())
            temporary.rename(self.path)

    @property
    def public_key(self) -> bytes:
        return self._private.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        return self._private.sign(message)

    @cached_property
    def _private(self) -> Ed25519PrivateKey:
        """Raises `Refused` when it is missing, broken or open to others."""
        if not self.exists():
            raise Refused(
                f"The key of the ledger, {self.path}, is missing, so nothing was saved. Put it "
                "back; or, if it is lost, name a new one: awards ledger replace-key --reason WORDS"
            )
        if stat.S_IMODE(self.path.stat().st_mode) & 0o077:
            raise Refused(
                f"The key of the ledger, {self.path}, can be read by others. "
                f"Close it: chmod 600 {self.path}"
            )
        try:
            found = load_pem_private_key(self.path.read_bytes(), password=None)
        except ValueError as error:
            raise Refused(f"{self.path} holds no key ({error}). Put the original back.") from error
        if not isinstance(found, Ed25519PrivateKey):
            raise Refused(f"{self.path} holds a key of another kind than Ed25519.")
        return found
