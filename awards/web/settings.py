"""What the pages are told from outside."""

from dataclasses import dataclass, field

from awards.domain.text import Text


@dataclass(frozen=True, kw_only=True)
class WebSettings:
    """How the site calls itself and by which addresses it may be reached.

    ``trusted_hosts`` are host names without port; a request for any other host is
    refused. ``https`` says that visitors arrive by HTTPS, be it through a proxy.
    ``proxies`` is how many proxies stand in front, whose word for a visitor's address is
    taken. ``address`` begins links in letters. ``demo`` lets in by a link alone.
    """

    trusted_hosts: tuple[str, ...] = ("localhost", "127.0.0.1")
    https: bool = False
    proxies: int = 0
    address: str = "http://localhost:8000"
    demo: bool = False
    name: Text = field(default_factory=lambda: {"en": "Awards", "id": "Anugerah"})
