"""Second factors: set up before anything else by posts that need one, sealed, used once."""

import re
import time
from base64 import b64decode

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.contrib.auth.models import User
from django.core.checks import run_checks
from django.http import HttpResponse
from django.test import Client

from mingtian.core.models import AuditEntry
from mingtian.org.models import Unit
from mingtian.org.rules import Line, Role
from mingtian.staff.adapters import Factors
from mingtian.staff.queries import needs_second_factor
from mingtian.staff.tests.conftest import House
from mingtian.testing.cast import PASSWORD, make_staff
from mingtian.testing.make import DAY

SECRET = re.compile(r"data-secret>([A-Z2-7]+)<")


@pytest.fixture(autouse=True)
def _required(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "SECOND_FACTOR", "required")


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The half minute of the authenticator app; a test moves it on by itself."""
    now = [int(time.time()) // 30]
    monkeypatch.setattr(
        "allauth.mfa.totp.internal.auth.yield_hotp_counters_from_time", lambda: iter(now)
    )
    return now


def code(secret: str, steps: list[int]) -> str:
    return str(format_hotp_value(hotp_value(secret, steps[0])))


def sign_in(client: Client, name: str) -> HttpResponse:
    return client.post("/desk/sign-in", {"username": name, "password": PASSWORD})  # type: ignore[return-value]


def set_up(client: Client, steps: list[int]) -> str:
    """Set the authenticator app up and return its secret."""
    page = client.get("/desk/account/factors/app").content.decode()
    found = SECRET.search(page)
    assert found is not None, page
    reply = client.post("/desk/account/factors/app", {"code": code(found[1], steps)})
    assert reply.status_code == 302
    return found[1]


def test_a_county_office_reaches_nothing_before_it_is_set_up(client: Client, house: House) -> None:
    sign_in(client, "county.office")

    for address in (
        "/desk",
        "/boards/",
        "/desk/staff/",
        "/desk/account/",
        "/desk/account/password",
    ):
        assert client.get(address).headers["Location"] == "/desk/account/factors"
    assert client.get("/desk/account/factors").status_code == 200
    assert client.post("/desk/staff/invite").headers["Location"] == "/desk/account/factors"


@pytest.mark.parametrize(("production", "status"), [(False, 200), (True, 302)])
def test_only_demonstrations_leave_it_to_the_reader(
    client: Client, house: House, monkeypatch: pytest.MonkeyPatch, production: bool, status: int
) -> None:
    monkeypatch.setattr(settings, "SECOND_FACTOR", "offered")
    monkeypatch.setattr(settings, "PRODUCTION", production)
    sign_in(client, "county.office")

    assert client.get("/desk/staff/").status_code == status


def test_a_principal_may_do_without(client: Client, house: House) -> None:
    sign_in(client, "principal")

    assert client.get("/desk/staff/").status_code == 200


def test_set_up_it_opens_everything_and_is_asked_for_at_sign_in(
    client: Client, house: House, steps: list[int]
) -> None:
    sign_in(client, "county.office")
    secret = set_up(client, steps)
    assert client.get("/desk/staff/").status_code == 200
    client.post("/desk/sign-out")

    reply = sign_in(client, "county.office")

    assert reply.headers["Location"] == "/desk/sign-in/code"
    assert client.get("/desk/staff/").headers["Location"].startswith("/desk/sign-in")
    steps[0] += 1
    reply = client.post("/desk/sign-in/code", {"code": code(secret, steps)})  # type: ignore[assignment]
    assert reply.headers["Location"] == "/desk"
    assert client.get("/desk/staff/").status_code == 200


def test_an_account_without_a_passkey_is_not_offered_one(
    client: Client, house: House, steps: list[int]
) -> None:
    sign_in(client, "county.office")
    set_up(client, steps)
    client.logout()
    sign_in(client, "county.office")

    html = client.get("/desk/sign-in/code").content.decode()

    assert 'name="code"' in html
    assert "data-passkey" not in html


def test_a_code_opens_once(client: Client, house: House, steps: list[int]) -> None:
    sign_in(client, "county.office")
    secret = set_up(client, steps)
    steps[0] += 1
    spent = code(secret, steps)
    for expected in (302, 200):
        client.post("/desk/sign-out")
        sign_in(client, "county.office")
        assert client.post("/desk/sign-in/code", {"code": spent}).status_code == expected


def test_five_wrong_codes_lock_the_second_step(
    client: Client, house: House, steps: list[int]
) -> None:
    sign_in(client, "county.office")
    secret = set_up(client, steps)
    client.post("/desk/sign-out")
    sign_in(client, "county.office")
    for _ in range(5):
        client.post("/desk/sign-in/code", {"code": "000000"})
    steps[0] += 1

    reply = client.post("/desk/sign-in/code", {"code": code(secret, steps)})

    assert reply.status_code == 200
    assert "错误次数太多" in reply.content.decode()
    assert AuditEntry.objects.filter(action="staff.factor_refused").count() == 5


def test_a_recovery_code_opens_once(client: Client, house: House, steps: list[int]) -> None:
    sign_in(client, "county.office")
    set_up(client, steps)
    page = client.get("/desk/account/factors/codes").content.decode()
    spare = re.findall(r"<li>(\d{8})</li>", page)
    assert len(spare) == 10
    assert client.get("/desk/account/factors/codes.txt").content.decode().split() == spare
    for expected in (302, 200):
        client.post("/desk/sign-out")
        sign_in(client, "county.office")
        assert client.post("/desk/sign-in/code", {"code": spare[0]}).status_code == expected


def test_secrets_are_sealed_at_rest(client: Client, house: House, steps: list[int]) -> None:
    sign_in(client, "county.office")
    secret = set_up(client, steps)

    kept = {each.type: each.data for each in Authenticator.objects.all()}

    assert secret not in str(kept)
    assert Factors().decrypt(kept["totp"]["secret"]) == secret
    # The first byte is the number of the key that sealed it.
    assert b64decode(kept["recovery_codes"]["seed"])[0] == max(settings.SEAL_KEYS)


def test_taking_it_off_needs_the_password_and_closes_everything_again(
    client: Client, house: House, steps: list[int]
) -> None:
    sign_in(client, "county.office")
    set_up(client, steps)

    assert client.post("/desk/account/factors/app/off").status_code == 302

    assert client.get("/desk/staff/").headers["Location"] == "/desk/account/factors"
    told = {(each.action, each.detail.get("kind")) for each in AuditEntry.objects.all()}
    assert told >= {("staff.factor_added", "totp"), ("staff.factor_removed", "totp")}


def test_an_older_session_types_the_password_again(client: Client, house: House) -> None:
    client.force_login(house.principal)

    reply = client.get("/desk/account/factors/app")
    assert reply.headers["Location"].startswith("/desk/account/again")

    address = reply.headers["Location"]
    assert client.post(address, {"password": "no"}).status_code == 200
    assert client.post(address, {"password": PASSWORD}).headers["Location"] == (
        "/desk/account/factors/app"
    )
    assert client.get("/desk/account/factors/app").status_code == 200


def test_guessing_the_password_again_and_again_is_slowed_down(client: Client, house: House) -> None:
    client.force_login(house.principal)

    replies = [client.post("/desk/account/again", {"password": "no"}) for _ in range(11)]

    assert [reply.status_code for reply in replies] == [200] * 10 + [429]
    assert "错误次数太多" in replies[-1].content.decode()


@pytest.mark.parametrize(
    ("unit", "line", "needed"),
    [
        ("city", Line.LEADS, True),
        ("county", Line.LEADS, True),
        ("city_education", Line.GUIDES, True),
        ("county_education", Line.GUIDES, True),
        ("town", Line.LEADS, False),
        ("village", Line.LEADS, False),
        ("school", Line.LEADS, False),
    ],
)
def test_posts_from_county_level_up_need_one(
    house: House, unit: str, line: Line, needed: bool
) -> None:
    where = getattr(house.tree, unit)
    assert isinstance(where, Unit)
    user = make_staff("somebody", where, Role.OFFICE, line=line)

    assert needs_second_factor(user.pk, DAY) is needed


@pytest.mark.parametrize(
    ("unit", "role", "needed"),
    [
        ("village", Role.CASE_WORKER, True),
        ("town", Role.CASE_WORKER, True),
        ("school", Role.COUNSELLOR, True),
        ("school", Role.AID_CLERK, True),
        ("town", Role.CASHIER, True),
        ("village", Role.HELPER, False),
        ("school", Role.HELPER, False),
        ("class_one", Role.CLASS_TEACHER, False),
    ],
)
def test_posts_that_open_childrens_files_need_one_at_every_level(
    house: House, unit: str, role: Role, needed: bool
) -> None:
    """A helper is a grandparent with a phone and sees the own pairs alone (domain.md 7, 11.3)."""
    user = make_staff("somebody", getattr(house.tree, unit), role)

    assert needs_second_factor(user.pk, DAY) is needed


def test_a_villages_case_worker_reaches_no_child_before_it_is_set_up(
    client: Client, house: House
) -> None:
    make_staff("worker", house.tree.village, Role.CASE_WORKER)
    sign_in(client, "worker")

    for address in ("/desk", "/desk/children/", "/desk/care/", "/desk/vault/"):
        assert client.get(address).headers["Location"] == "/desk/account/factors"


def test_whoever_sees_everything_needs_one(db: None) -> None:
    user = User.objects.create_superuser("root", password=PASSWORD)

    assert needs_second_factor(user.pk, DAY)


@pytest.mark.parametrize(
    ("word", "production", "found"),
    [
        ("required", True, set()),
        ("offered", False, set()),
        ("offered", True, {"mingtian.E002"}),
        ("maybe", False, {"mingtian.E001"}),
    ],
)
def test_production_never_only_offers_it(
    monkeypatch: pytest.MonkeyPatch, word: str, production: bool, found: set[str]
) -> None:
    monkeypatch.setattr(settings, "SECOND_FACTOR", word)
    monkeypatch.setattr(settings, "PRODUCTION", production)

    assert {one.id for one in run_checks() if (one.id or "").startswith("mingtian.")} == found
