"""A new office: invited, let in by link and word, a second factor, out and in again."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page, expect

from mingtian.core.models import AuditEntry
from mingtian.org.rules import Role
from mingtian.testing.cast import make_staff
from mingtian.testing.make import Tree, make_tree
from tests.journeys.conftest import DESK, PHONE, serving, sign_in

pytestmark = pytest.mark.journey

PASSWORD = "rain-on-the-roof"
HALF_MINUTE = 30


@pytest.fixture
def tree(transactional_db: None) -> Tree:
    return make_tree()


@pytest.fixture
def origin(tree: Tree, var: Path, tmp_path: Path) -> Iterator[str]:
    """A server that asks for second factors, under a name for which browsers keep passkeys."""
    beside = {"MINGTIAN_SECOND_FACTOR": "required"}
    with serving(var, tmp_path, called="localhost", **beside) as origin:
        yield origin


def code_of(secret: str, *, steps: int = 0) -> str:
    """Return what an authenticator app shows, now or half minutes later."""
    counter = int(time.time()) // HALF_MINUTE + steps
    return str(format_hotp_value(hotp_value(secret, counter)))


def type_in(page: Page, **fields: str) -> None:
    for name, value in fields.items():
        page.locator(f"[name={name}]").fill(value)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_from_the_invitation_to_signing_in_with_a_code(
    browser: Browser, origin: str, tree: Tree
) -> None:
    """The inviter sits at a computer, the invited at a phone."""
    inviter = make_staff("principal", tree.school, Role.PRINCIPAL)
    office = browser.new_context(viewport=DESK, locale="zh-CN", base_url=origin)
    sign_in(office, inviter, origin)
    desk = office.new_page()
    desk.goto(f"/desk/staff/invite?unit={tree.school.public_id}")
    desk.locator("[name=role]").select_option("office")
    type_in(desk, name="何安和")
    press(desk, "邀请")
    link = desk.locator("[data-link]").inner_text()
    word = desk.locator("[data-word]").inner_text()

    phone = browser.new_context(viewport=PHONE, locale="zh-CN", base_url=origin).new_page()
    phone.goto(link)
    type_in(phone, word="000000" if word != "000 000" else "111111", username="anhe",
            password=PASSWORD, again=PASSWORD)  # fmt: skip
    press(phone, "接任岗位")
    expect(phone.get_by_text("还可以试 4 次")).to_be_visible()
    type_in(phone, word=word, password=PASSWORD, again=PASSWORD)
    press(phone, "接任岗位")
    expect(phone.get_by_role("heading", name="何安和")).to_be_visible()
    assert User.objects.get(username="anhe").first_name == "何安和"

    # The password has just been typed, so the app can be set up at once.
    phone.get_by_role("link", name="第二重验证").click()
    phone.get_by_role("link", name="设置验证器应用").click()
    secret = phone.locator("[data-secret]").inner_text()
    type_in(phone, code=code_of(secret))
    press(phone, "设置")
    expect(phone.locator(".codes li")).to_have_count(10)

    sign_out(phone)
    sign_in_by_password(phone)
    expect(phone).to_have_url(re.compile("/desk/sign-in/code$"))
    # A code is used once; the app's next one is taken a little early.
    type_in(phone, code=code_of(secret, steps=1))
    press(phone, "登录")
    expect(phone).not_to_have_url(re.compile("sign-in"))
    told = AuditEntry.objects.filter(actor="anhe").values_list("action", flat=True)
    assert {"staff.invitation_accepted", "staff.factor_added", "staff.signed_out"} <= set(told)


def test_a_county_office_sets_up_a_passkey_before_anything_else(
    browser: Browser, origin: str, tree: Tree
) -> None:
    """Then signs in again with it."""
    user = make_staff("anhe", tree.county, Role.OFFICE)
    # As the server hashes; the tests' own hash is a quick one that it does not know.
    user.password = PBKDF2PasswordHasher().encode(PASSWORD, "salt-of-a-journey")
    user.save(update_fields=["password"])
    page = browser.new_context(viewport=DESK, locale="en-GB", base_url=origin).new_page()
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    sign_in_by_password(page, "Sign in")
    expect(page).to_have_url(re.compile("/desk/account/factors$"))
    page.goto("/desk/staff/")
    expect(page).to_have_url(re.compile("/desk/account/factors$"))
    page.get_by_role("link", name="Set up a passkey").click()
    press(page, "Set it up")
    expect(page.locator(".codes li")).to_have_count(10)
    assert Authenticator.objects.filter(user=user, type="webauthn").count() == 1

    sign_out(page)
    sign_in_by_password(page, "Sign in")
    press(page, "Use a passkey")
    expect(page).not_to_have_url(re.compile("sign-in"))
    page.goto("/desk/staff/")
    expect(page.get_by_role("heading", name="People of my unit")).to_be_visible()


def sign_in_by_password(page: Page, word: str = "登录") -> None:
    page.goto("/desk/sign-in")
    type_in(page, username="anhe", password=PASSWORD)
    press(page, word)


def sign_out(page: Page) -> None:
    page.locator("summary:has(.menu__name)").click()
    page.locator("[data-leaving] button").click()
    expect(page).to_have_url(re.compile("/desk/sign-in$"))
