"""The secrets of an instance: made at the first start, readable by their owner only."""

import json
import os
import secrets
from base64 import urlsafe_b64encode
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from awards.domain.errors import Refused

FILE = "keys.json"
_BYTES = 32
_FALLBACKS = 2


@dataclass(frozen=True, kw_only=True)
class Keys:
    """``session`` signs cookies; ``former`` are keys whose cookies still count, two at
    most; ``totp`` encrypts second factors, by the number of the key; ``recovery`` encrypts
    recovery codes, the first one new ones; ``password`` goes into every password's hash.
    """

    session: str
    former: tuple[str, ...]
    totp: dict[str, str]
    recovery: tuple[str, ...]
    password: str


def load_keys(folder: Path) -> Keys:
    """The secrets in *folder*, made when there are none.

    Raises `Refused` when others may read them, or when the file holds something else.
    """
    path = folder / FILE
    if not path.exists():
        with suppress(FileExistsError):  # another process may make it meanwhile
            _write(path, _new())
    if path.stat().st_mode & 0o077:
        raise Refused(
            f"{path} can be read by others, so anybody could sign in as anybody. Make it "
            f"readable by its owner only (chmod 600), and change what it holds if others had it."
        )
    return _read(path)


def _new() -> Keys:
    return Keys(
        session=secrets.token_urlsafe(_BYTES),
        former=(),
        totp={"1": secrets.token_urlsafe(_BYTES)},
        recovery=(urlsafe_b64encode(secrets.token_bytes(_BYTES)).decode(),),
        password=secrets.token_urlsafe(_BYTES),
    )


def _read(path: Path) -> Keys:
    try:
        said = json.loads(path.read_bytes())
        keys = Keys(
            session=str(said["session"]),
            former=tuple(map(str, said["former"])),
            totp={str(number): str(key) for number, key in said["totp"].items()},
            recovery=tuple(map(str, said["recovery"])),
            password=str(said["password"]),
        )
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise Refused(f"{path} cannot be read: {error}. Restore it from a backup.") from error
    if len(keys.former) > _FALLBACKS:
        raise Refused(f"{path} lists {len(keys.former)} former keys. Keep at most {_FALLBACKS}.")
    return keys


def _write(path: Path, keys: Keys) -> None:
    """Put the whole file into place at once, or find that another process did."""
    prepared = path.with_name(f"{FILE}.{secrets.token_hex(8)}")
    handle = os.open(prepared, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w") as file:
            json.dump(asdict(keys), file, indent=1)
        os.link(prepared, path)
    finally:
        prepared.unlink()
