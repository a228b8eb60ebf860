"""Style sheets, font and icon, read once and served under an address that changes with them."""

import hashlib
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".txt": "text/plain; charset=utf-8",
}
_BOOTSTRAP = "static/bootstrap5/css/bootstrap.min.css"


@dataclass(frozen=True)
class Asset:
    body: bytes
    content_type: str


@dataclass(frozen=True)
class Assets:
    """All static files by name; ``version`` changes when any of them does."""

    files: dict[str, Asset]
    version: str

    def find(self, name: str) -> Asset | None:
        return self.files.get(name)


def load_assets() -> Assets:
    """Read the application's own static files and, of Bootstrap, its style sheet."""
    own = (resources.files("awards.web") / "static").iterdir()
    files = {each.name: _read(each) for each in own}
    files["bootstrap.min.css"] = _read(resources.files("flask_bootstrap") / _BOOTSTRAP)
    return Assets(files, _digest(files))


def _read(file: Traversable) -> Asset:
    suffix = "." + file.name.rpartition(".")[2]
    return Asset(file.read_bytes(), _TYPES[suffix])


def _digest(files: dict[str, Asset]) -> str:
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(name.encode() + b"\0" + hashlib.sha256(files[name].body).digest())
    return digest.hexdigest()[:12]
