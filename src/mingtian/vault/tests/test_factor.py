"""Nobody opens a child's file by a password alone, at no level (AID-1; GB/T 22239, domain.md 8)."""

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from mingtian.core.errors import RuleBroken
from mingtian.core.models import AuditEntry
from mingtian.org.rules import Role
from mingtian.testing.cast import make_staff
from mingtian.testing.make import NOW, Tree, make_tree
from mingtian.vault import actions
from mingtian.vault.access import keep
from mingtian.vault.models import Child, Reach, Request

REASON = "家长报告孩子夜里没有回家"

LEVELS = {
    "county": Role.OFFICE,
    "town": Role.DIRECTOR,
    "village": Role.OFFICE,
    "school": Role.OFFICE,
    "village's worker": Role.CASE_WORKER,
}
"""Whoever may break the glass: supervisors at every level, and case workers."""


@pytest.fixture(autouse=True)
def _required(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "SECOND_FACTOR", "required")
    monkeypatch.setattr("mingtian.core.clock.now", lambda: NOW)


@pytest.fixture
def tree(db: None) -> Tree:
    return make_tree()


@pytest.fixture
def child(tree: Tree) -> Child:
    with keep("make a child"):
        return Child.objects.create(unit=tree.village, school=tree.school, admitted_at=NOW)


def somebody(tree: Tree, level: str) -> User:
    return make_staff("somebody", getattr(tree, level.split("'")[0]), LEVELS[level])


def set_up(user: User, kind: str = Authenticator.Type.TOTP) -> None:
    Authenticator.objects.create(user=user, type=kind, data={})


def broken(user: User, child: Child) -> Request:
    return actions.break_glass(user, child.public_id, reason=REASON, now=NOW)


def asked(user: User, child: Child) -> Request:
    return actions.ask_to_read(user, child.public_id, reason=REASON, days=3, now=NOW)


@pytest.mark.parametrize("do", [broken, asked])
@pytest.mark.parametrize("level", LEVELS)
def test_without_a_second_factor_no_file_is_opened_at_any_level(
    tree: Tree, child: Child, level: str, do: Callable[[User, Child], Request]
) -> None:
    user = somebody(tree, level)
    with pytest.raises(RuleBroken, match="vault_factor_missing"):
        do(user, child)
    with keep("look"):
        assert not Request.objects.exists()
        assert not Reach.objects.exists()
    assert not AuditEntry.objects.filter(actor="somebody").exists()

    set_up(user)
    assert do(user, child).asked_by_id == user.pk


def test_recovery_codes_alone_are_no_second_factor(tree: Tree, child: Child) -> None:
    user = somebody(tree, "village")
    set_up(user, Authenticator.Type.RECOVERY_CODES)
    with pytest.raises(RuleBroken, match="vault_factor_missing"):
        broken(user, child)
    set_up(user, Authenticator.Type.WEBAUTHN)
    broken(user, child)


def test_production_asks_whatever_the_setting_says(
    tree: Tree, child: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "SECOND_FACTOR", "offered")
    monkeypatch.setattr(settings, "PRODUCTION", True)
    with pytest.raises(RuleBroken, match="vault_factor_missing"):
        broken(somebody(tree, "town"), child)


def test_the_page_leads_to_setting_one_up_and_then_offers_both_ways(
    tree: Tree, child: Child, client: Client
) -> None:
    user = somebody(tree, "village")
    client.force_login(user)
    address = reverse("vault:ask", args=[child.public_id])
    ways = [
        reverse(f"vault:{way}", args=[child.public_id]) for way in ("ask-to-read", "break-glass")
    ]

    page = client.get(address).content.decode()
    assert reverse("mfa_index") in page
    assert not any(f'action="{way}"' in page for way in ways)
    refused = client.post(ways[1], {"reason": REASON})
    assert refused.status_code == 422
    assert 'data-code="vault_factor_missing"' in refused.content.decode()

    set_up(user)
    page = client.get(address).content.decode()
    assert all(f'action="{way}"' in page for way in ways)


def test_a_post_that_must_have_one_is_led_to_it_before_any_page(
    tree: Tree, child: Child, client: Client
) -> None:
    for level in ("county", "village's worker"):
        user = make_staff(level, getattr(tree, level.split("'")[0]), LEVELS[level])
        client.force_login(user)
        for name in ("ask", "ask-to-read", "break-glass"):
            address = reverse(f"vault:{name}", args=[child.public_id])
            send = client.get if name == "ask" else client.post
            assert send(address).headers["Location"] == reverse("mfa_index")
