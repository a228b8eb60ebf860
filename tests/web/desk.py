"""An office with a real edition and its rules: the data desk at work, each job done at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from flask.testing import FlaskClient

from awards.sdk.rulebook import RuleBook
from awards.services.desk import Desk
from tests.unit.services.world import HEAD, KIND, ROWS, World, rules_in
from tests.web.members import Office, office_over, token_in

EDITION = "kop-open"
BASE = f"/committee/en/{EDITION}"
GOOD = "\n".join([HEAD, *ROWS, ""]).encode()


@contextmanager
def open_data_desk(root: Path, rulebook: RuleBook) -> Iterator[tuple[Office, World]]:
    """The cooperatives' edition, its rules locked, and no data yet."""
    world = World(rules_in(root), rulebook)
    world.open(EDITION)
    stores = world.stores
    yield office_over(stores, Desk(stores, rulebook), rulebook, root), world
    stores.database.close()


class Clerk:
    """Somebody at the desk with a browser."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def read(self, address: str) -> str:
        """The page at *address*, wherever it leads."""
        response = self.client.get(address, follow_redirects=True)
        assert response.status_code == 200, (address, response.status_code)
        return response.get_data(as_text=True)

    def send(self, body: bytes, name: str = "data.csv", **said: str) -> str:
        """Send a file; the address where its next question is."""
        given = {"kind": KIND, "records": "", "scheme": "", "sender": "Dinas"} | said
        page = self.read(f"{BASE}/data/new")
        data = {"csrf_token": token_in(page), "file": (BytesIO(body), name), **given}
        answer = self.client.post(f"{BASE}/data/new", data=data, content_type="multipart/form-data")
        assert answer.status_code == 303, answer.get_data(as_text=True)
        return self.follow(answer.location)

    def follow(self, address: str) -> str:
        """Where *address* leads in the end."""
        response = self.client.get(address, follow_redirects=True)
        return response.request.path

    def press(self, address: str, **said: str) -> str:
        """Send the form at *address* with the answers that it shows and *said*."""
        page = self.read(address)
        version = {"version": _value(page, "version")} if 'name="version"' in page else {}
        answer = self.client.post(address, data={"csrf_token": token_in(page), **version, **said})
        assert answer.status_code == 303, answer.get_data(as_text=True)
        return self.follow(answer.location)


def _value(page: str, name: str) -> str:
    return page.split(f'name="{name}"', 1)[1].split('value="', 1)[1].split('"', 1)[0]
