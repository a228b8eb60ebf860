"""What a document may load: its own embedded assets, and nothing else."""

import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass

from weasyprint.urls import URLFetcher, URLFetcherResponse

SCHEME = "asset:"


@dataclass(frozen=True, slots=True)
class Asset:
    """The bytes of an image, a font or a stylesheet, with their media type."""

    content: bytes
    media_type: str


class AssetRefused(Exception):
    """A document asked for something that it may not load or that is not there.

    WeasyPrint catches this; `print_pdf` turns it into a refusal for people.
    """


class EmbeddedAssets(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Serves ``asset:NAME`` from *assets* and ``data:``; refuses every other address.

    Every refusal is kept in `refused`, because WeasyPrint hides those that happen
    inside an SVG picture.
    """

    def __init__(self, assets: Mapping[str, Asset]) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False, fail_on_errors=True)
        self._assets = assets
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:  # noqa: ARG002
        """Return the response for *url*, or raise `AssetRefused`."""
        if url.startswith(SCHEME):
            return self._serve(url)
        if url.lower().startswith("data:"):
            return self._decode(url)
        raise self._refuse(f"{url} lies outside the design")

    def _decode(self, url: str) -> URLFetcherResponse:
        try:
            return super().fetch(url)
        except Exception as error:
            raise self._refuse(f"{url[:40]}… cannot be read ({error})") from None

    def _serve(self, url: str) -> URLFetcherResponse:
        name = url.removeprefix(SCHEME)
        if name not in self._assets:
            raise self._refuse(f"{name} is missing")
        asset = self._assets[name]
        return URLFetcherResponse(url, asset.content, {"Content-Type": asset.media_type})

    def _refuse(self, reason: str) -> AssetRefused:
        self.refused.append(reason)
        return AssetRefused(reason)


def guess_media_type(name: str) -> str:
    """Return the media type of the file *name* from its ending."""
    return mimetypes.guess_type(name)[0] or "application/octet-stream"
