"""Coming in: link, password, second step, sessions; and how strangers stay out."""

import re
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import request
from flask.testing import FlaskClient

from awards.domain.people import Person, Role
from awards.services.accounts import invite_first
from awards.services.attempts import MOST
from awards.services.recovery import agree_recovery, ask_recovery
from awards.web.account.passwords import is_common
from awards.web.settings import WebSettings
from tests.web.members import PASSWORD, Office, act, code_now, open_office, send
from tests.web.pages import Page

SIGN_IN = "/account/en/sign-in"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path) as office:
        yield office


class Member:
    """Somebody who joined, with their app and their printed codes."""

    def __init__(self, office: Office, name: str = "Anggota Baru", *roles: Role) -> None:
        self.office = office
        self.person, link = office.invite(name, *(roles or (Role.MEMBER,)))
        self.address = f"/account/en/join/{link.token}"
        self.client = office.app.test_client()
        send(self.client, self.address, new=PASSWORD, again=PASSWORD)
        page = self.client.get("/account/en/second-factor").get_data(as_text=True)
        self.secret = re.search(r'class="secret">([^<]+)<', page)[1]  # type: ignore[index]
        shown = send(self.client, "/account/en/second-factor", code=code_now(self.secret))
        self.codes = re.findall(r"<li><code>([^<]+)", shown.get_data(as_text=True))

    def code(self) -> str:
        """A code that was not used yet: that of the next half minute."""
        return code_now(self.secret, at=time.time() + 30)

    def sign_in(self, client: FlaskClient, *, password: str = PASSWORD) -> str:
        """Where signing in with the password leads."""
        response = send(client, SIGN_IN, mail=self.person.mail, password=password)
        return response.location or ""


def words(client: FlaskClient, address: str) -> str:
    return Page(client.get(address).get_data(as_text=True)).words


def test_an_invited_person_comes_in_by_link_password_and_app(office: Office) -> None:
    member = Member(office)
    assert member.client.get("/committee/en/").status_code == 200
    assert len(set(member.codes)) == 10
    assert office.events()[1:] == [
        ("tests", "person.invited", member.person.id),
        ("tests", "role.granted", member.person.id),
        (member.person.id, "person.joined", member.person.id),
        (member.person.id, "second_factor.enabled", member.person.id),
        (member.person.id, "person.signed_in", member.person.id),
    ]


def test_the_ledger_names_nobody_and_holds_no_secret(office: Office) -> None:
    member = Member(office, "Rahmawati")
    said = office.ledger_text().casefold()
    for secret in ("rahmawati", "example.org", member.secret.casefold(), *member.codes):
        assert secret not in said


def test_what_is_kept_of_password_factor_and_codes_is_readable_by_nobody(office: Office) -> None:
    member = Member(office)
    with office.stores.database.reading() as records:
        kept = records.people.credentials(member.person.id)
    assert (kept.password_hash or "").startswith("$argon2id$v=19$m=47104,t=2,p=1$")
    everything = f"{kept}".replace("-", "")
    assert member.secret.replace("-", "") not in everything
    assert [code for code in member.codes if code.replace("-", "") in everything] == []
    assert len(kept.recovery_codes) == 10


def test_a_link_opens_once_and_is_not_used_up_by_looking(office: Office) -> None:
    person, link = office.invite("Anggota Baru", Role.MEMBER)
    address = f"/account/en/join/{link.token}"
    for _ in range(3):
        assert office.app.test_client().get(address).status_code == 200
    assert send(office.app.test_client(), address, new=PASSWORD, again=PASSWORD).status_code == 303
    assert office.app.test_client().get(address).status_code == 404
    assert office.person(person.id).joined


def test_a_link_ends_after_three_days(office: Office) -> None:
    _, link = office.invite("Anggota Baru")
    with time_machine.travel(time.time() + timedelta(days=3, seconds=5).total_seconds()):
        assert office.app.test_client().get(f"/account/en/join/{link.token}").status_code == 404


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("pendek", "Use at least 15 characters."),
        ("passwordpassword", "first that guessers try"),
        ("anggotabaru-2025-2025", "first that guessers try"),
    ],
)
def test_a_weak_password_is_refused_and_nothing_is_saved(
    office: Office, new: str, said: str
) -> None:
    person, link = office.invite("Anggota Baru")
    address, before = f"/account/en/join/{link.token}", office.events()
    response = send(office.app.test_client(), address, new=new, again=new)
    assert response.status_code == 422
    assert said in response.get_data(as_text=True)
    assert (office.person(person.id).joined, office.events()) == (False, before)


@pytest.mark.parametrize(
    "common",
    [
        "1234567890123456",
        "qwertyuiopasdfgh",
        "P@ssw0rdP@ssw0rd",
        "aaaaaaaaaaaaaaaaaaa",
        "iloveyou1234567",
        "abcdefghijklmnop",
        "indonesiamerdeka17",
        "admin123admin123",
    ],
)
def test_what_guessers_try_first_is_common(common: str) -> None:
    assert is_common(common)


def test_unusual_words_are_not_common() -> None:
    assert not is_common(PASSWORD)
    assert not is_common("tV9#kq0zLw!r2Xce")


def test_password_and_code_let_in_and_the_code_counts_once(office: Office) -> None:
    member = Member(office)
    client, other = office.app.test_client(), office.app.test_client()
    assert member.sign_in(client).endswith("/account/en/code")
    code = member.code()
    assert send(client, "/account/en/code", code=code).status_code == 303
    assert client.get("/committee/en/").status_code == 200
    member.sign_in(other)
    assert send(other, "/account/en/code", code=code).status_code == 422
    assert other.get("/committee/en/").status_code == 303


def test_a_password_alone_lets_nobody_in(office: Office) -> None:
    member, client = Member(office), office.app.test_client()
    member.sign_in(client)
    assert client.get("/committee/en/").status_code == 303
    assert client.get("/account/en/second-factor").status_code == 303


def test_a_recovery_code_lets_in_once(office: Office) -> None:
    member, client, again = Member(office), office.app.test_client(), office.app.test_client()
    member.sign_in(client)
    assert send(client, "/account/en/code", code=member.codes[3].upper()).status_code == 303
    assert "9 are left" in words(client, "/committee/en/")
    member.sign_in(again)
    assert send(again, "/account/en/code", code=member.codes[3]).status_code == 422


def test_an_unknown_address_and_a_wrong_password_get_the_same_answer(office: Office) -> None:
    member = Member(office)

    def answer(mail: str) -> str:
        response = send(office.app.test_client(), SIGN_IN, mail=mail, password="not the password")
        text = response.get_data(as_text=True)
        return re.sub(r'value="[^"]*"', "", text) + str(response.status_code)

    assert answer(member.person.mail) == answer("nobody@example.org")


def test_each_sign_in_has_a_session_of_its_own_and_leaving_ends_it(office: Office) -> None:
    member = Member(office)
    stolen = member.client.get_cookie("s").value  # type: ignore[union-attr]
    assert send(member.client, "/account/en/sign-out", page="/account/en/").status_code == 303
    thief = office.app.test_client()
    thief.set_cookie("s", stolen)
    assert thief.get("/committee/en/").status_code == 303
    assert office.events()[-1] == (member.person.id, "person.signed_out", member.person.id)


def test_a_session_ends_when_unused_for_two_hours_and_after_twelve(office: Office) -> None:
    member = Member(office)
    start = time.time()
    for hours in range(1, 12):
        with time_machine.travel(start + hours * 3600):
            assert member.client.get("/committee/en/").status_code == 200
    with time_machine.travel(start + 12 * 3600 + 5):
        assert member.client.get("/committee/en/").status_code == 303
    idle = Member(office, "Anggota Lain")
    with time_machine.travel(start + 2 * 3600 + 60):
        assert idle.client.get("/committee/en/").status_code == 303


def test_a_changed_password_ends_all_other_sessions(office: Office) -> None:
    member = Member(office)
    elsewhere = office.signed_in(office.person(member.person.id))
    new = "perahu kuning berlayar malam"
    wrong = send(member.client, "/account/en/password", old="wrong", new=new, again=new)
    assert wrong.status_code == 422
    assert elsewhere.get("/committee/en/").status_code == 200
    right = send(member.client, "/account/en/password", old=PASSWORD, new=new, again=new)
    assert right.status_code == 303
    assert elsewhere.get("/committee/en/").status_code == 303
    assert member.client.get("/committee/en/").status_code == 200
    assert member.sign_in(office.app.test_client(), password=new).endswith("/code")


def test_strangers_who_guess_are_held_back_and_do_not_lock_out_the_owner(office: Office) -> None:
    member, stranger = Member(office), office.app.test_client()
    for _ in range(MOST["pair"]):
        member.sign_in(stranger, password="guess")
    held = send(stranger, SIGN_IN, mail=member.person.mail, password=PASSWORD)
    assert "Too many attempts" in held.get_data(as_text=True)
    assert ("visitor", "sign_in.held_back", member.person.id) in office.events()
    send(member.client, "/account/en/sign-out", page="/account/en/")
    assert member.sign_in(member.client).endswith("/account/en/code")
    elsewhere = office.app.test_client()
    elsewhere.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    assert member.sign_in(elsewhere).endswith("/account/en/code")
    with time_machine.travel(time.time() + 15 * 60 + 5):
        assert member.sign_in(office.app.test_client()).endswith("/account/en/code")


def test_wrong_codes_are_attempts_too(office: Office) -> None:
    member, stranger = Member(office), office.app.test_client()
    member.sign_in(stranger)
    for _ in range(MOST["pair"]):
        send(stranger, "/account/en/code", code="000000")
    held = send(stranger, "/account/en/code", code=member.code())
    assert "Too many attempts" in held.get_data(as_text=True)
    assert stranger.get("/committee/en/").status_code == 303


def test_a_lost_phone_takes_two_persons(office: Office) -> None:
    member = Member(office)
    asker, _ = office.invite("Administrator", Role.ADMINISTRATOR)
    second, _ = office.invite("Ketua", Role.CHAIR)
    ask_recovery(office.stores, member.person.id, act=act(asker.id))
    link = agree_recovery(office.stores, member.person.id, act=act(second.id))
    new, client = "perahu kuning berlayar malam", office.app.test_client()
    joined = send(client, f"/account/en/join/{link.token}", new=new, again=new)
    assert joined.location.endswith("/second-factor")
    assert member.client.get("/committee/en/").status_code == 303


def test_before_the_grave_the_code_is_asked_for_and_the_form_is_kept(office: Office) -> None:
    member = Member(office, "Administrator", Role.ADMINISTRATOR)
    other, _ = office.invite("Anggota Lain")
    address = f"/committee/en/people/{other.id}/roles"
    with member.client.session_transaction("/committee/en/") as session:
        session["fs_paa"] = time.time() - 601
    led = send(member.client, address, role="chair", where="*")
    assert led.status_code == 307
    page = post_on(member.client, led.location, {"role": "chair", "where": "*"}, of=address)
    assert 'name="role" value="chair"' in page
    said = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    said |= {"csrf_token": token(page), "confirm_code": member.code()}
    on = member.client.post(led.location, data=said)
    assert (on.status_code, on.location) == (307, address)
    assert office.person(other.id).grants == ()
    assert member.client.post(address, data=said).status_code == 303
    assert [str(each.role) for each in office.person(other.id).grants] == ["chair"]


def post_on(client: FlaskClient, address: str, said: dict[str, str], *, of: str) -> str:
    """What a browser does with a redirect that keeps the form."""
    shown = client.get(of).get_data(as_text=True)
    response = client.post(address, data={**said, "csrf_token": token(shown)})
    assert response.status_code == 200
    return response.get_data(as_text=True)


def token(page: str) -> str:
    return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]  # type: ignore[index]


def test_where_to_go_on_is_a_page_of_this_site_only(office: Office) -> None:
    member = Member(office)
    for asked, right in (
        ("/committee/en/people", "/committee/en/people"),
        ("https://evil.example/committee/", "/committee/en/"),
        ("//evil.example/committee/", "/committee/en/"),
        ("/en/", "/committee/en/"),
        ("/committee\\evil", "/committee/en/"),
    ):
        client = office.app.test_client()
        send(client, f"{SIGN_IN}?next={asked}", mail=member.person.mail, password=PASSWORD)
        assert send(client, "/account/en/code", code=member.codes.pop()).location == right


def test_the_first_administrator_says_who_they_are(office: Office) -> None:
    link = invite_first(office.stores, act=act())
    assert link is not None
    said = {"name": "Sekretaris", "mail": "sekretaris@example.org", "language": "id"}
    address = f"/account/id/join/{link.token}"
    done = send(office.app.test_client(), address, new=PASSWORD, again=PASSWORD, **said)
    assert done.location == "/account/id/second-factor"
    assert invite_first(office.stores, act=act()) is None
    assert people(office) == [("Sekretaris", [Role.ADMINISTRATOR])]


def people(office: Office) -> list[tuple[str, list[Role]]]:
    with office.stores.database.reading() as records:
        found: tuple[Person, ...] = records.people.list()
    return [(each.name, [grant.role for grant in each.grants]) for each in found]


def test_on_https_the_cookie_is_bound_to_the_host(tmp_path: Path) -> None:
    with open_office(tmp_path, settings=WebSettings(https=True)) as office:
        _, link = office.invite("Anggota Baru")
        client = office.app.test_client()
        response = client.get(f"/account/en/join/{link.token}", base_url="https://localhost")
        cookie = response.headers["Set-Cookie"]
    assert cookie.startswith("__Host-s=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Domain=" not in cookie


def test_proxies_are_believed_as_far_as_there_are_any(tmp_path: Path) -> None:
    heard = []
    for proxies in (0, 1):
        folder = tmp_path / str(proxies)
        folder.mkdir()
        with open_office(folder, settings=WebSettings(proxies=proxies)) as office:
            office.app.before_request(lambda: heard.append(request.remote_addr))
            office.app.test_client().get(
                SIGN_IN, headers={"X-Forwarded-For": "198.51.100.9, 192.0.2.7"}
            )
    assert heard == ["127.0.0.1", "192.0.2.7"]
