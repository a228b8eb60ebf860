"""Asking the application for pages, and taking pages apart."""

from html.parser import HTMLParser

from flask.testing import FlaskClient

from awards.web.app import create_app
from awards.web.settings import WebSettings
from tests.web.fake_site import FakeSite
from tests.web.worlds import CODE

RANKING = "/en/ipm-2024/local/"
ADDRESSES = (
    "/en/",
    RANKING,
    f"{RANKING}?q=kota&sort=life&titled=1",
    f"{RANKING}?q=nobody-at-all",
    f"{RANKING}c/35.01",
    f"{RANKING}c/35.04",
    f"{RANKING}method",
    f"{RANKING}map",
    f"{RANKING}map?by=life&classes=equal",
    "/en/verify",
    f"/en/verify/{CODE}",
    "/en/ledger",
    "/en/accessibility",
    "/en/privacy",
)
VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})


def visit(site: FakeSite) -> FlaskClient:
    """A browser in front of the application that shows *site*."""
    return create_app(site, settings=WebSettings()).test_client()


def read(client: FlaskClient, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.get_data(as_text=True)


class Page(HTMLParser):
    """What a page holds: its links, ids, words, and tags that do not match."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.attributes: set[str] = set()
        self.tags: list[str] = []
        self.unmatched: list[str] = []
        self._open: list[str] = []
        self._words: list[str] = []
        self.feed(text)
        self.close()
        self.unmatched += self._open

    @property
    def words(self) -> str:
        return " ".join(" ".join(self._words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        self.attributes.update(given)
        self.links += [value or "" for name, value in attrs if name in {"href", "action", "src"}]
        self.ids += [value or "" for name, value in attrs if name == "id"]
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self._open.pop()
        else:
            self.unmatched.append(tag)

    def handle_data(self, data: str) -> None:
        self._words.append(data)
