"""What the pages are told from outside."""

from dataclasses import dataclass, field

from awards.domain.text import Text


@dataclass(frozen=True, kw_only=True)
class WebSettings:
    """How the site calls itself and by which addresses it may be reached.

    ``trusted_hosts`` are host names without port; a request for any other host is
    refused. ``https`` says that visitors arrive by HTTPS, be it through a proxy.
    """

    trusted_hosts: tuple[str, ...] = ("localhost", "127.0.0.1")
    https: bool = False
    name: Text = field(default_factory=lambda: {"en": "Awards", "id": "Anugerah"})
