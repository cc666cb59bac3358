"""What verifiers fetch: profile, keys, achievement, revocation list, all public and stable."""

import json
from typing import Any

import pytest
from django.test import Client

from mingtian.campaigns.models import Campaign
from mingtian.certificates.actions.printing import Wanted, print_certificate
from mingtian.certificates.actions.revoke import revoke
from mingtian.certificates.actions.unlocking import unlock
from mingtian.certificates.badges.keys import base58
from mingtian.certificates.models import Certificate
from mingtian.certificates.rules import RevokedFor
from mingtian.certificates.tests.conftest import AFTER, FULL, Series
from mingtian.testing.make import ACTOR, DAY


@pytest.fixture
def credential(series: Series) -> dict[str, Any]:
    pupil = series.pupils[0]
    series.attend(pupil, [FULL] * 4)
    unlock(campaign=series.campaign, now=AFTER, actor=ACTOR)
    wanted = Wanted(serial=Certificate.objects.get().serial, person_ids=[pupil.pk], form="json")
    made: dict[str, Any] = json.loads(print_certificate(wanted=wanted, actor=ACTOR, now=AFTER).body)
    return made


def fetched(client: Client, address: str) -> dict[str, Any]:
    reply = client.get("/" + address.split("/", 3)[3].split("#")[0])
    assert reply.status_code == 200
    assert reply.headers["Access-Control-Allow-Origin"] == "*"
    assert reply.headers["Cache-Control"].startswith("public")
    found: dict[str, Any] = json.loads(reply.content)
    return found


def test_every_address_of_a_credential_answers(client: Client, credential: dict[str, Any]) -> None:
    method = credential["proof"]["verificationMethod"]
    key = fetched(client, method)
    jwk = fetched(client, f"{method}.jwk")
    profile = fetched(client, credential["issuer"]["id"])
    achievement = fetched(client, credential["credentialSubject"]["achievement"]["id"])
    assert client.get("/" + credential["id"].split("/", 3)[3]).status_code == 200

    assert key["controller"] == profile["id"] == credential["issuer"]["id"]
    assert method in profile["assertionMethod"]
    assert jwk["kty"] == "OKP"
    assert achievement["name"] == credential["credentialSubject"]["achievement"]["name"]


def test_the_list_names_the_revoked_credential(client: Client, credential: dict[str, Any]) -> None:
    address = credential["credentialStatus"]["id"]
    assert fetched(client, address)["revokedCredentials"] == []

    revoke(serial=Certificate.objects.get().serial, reason=RevokedFor.IN_ERROR, actor=ACTOR,
           now=AFTER)  # fmt: skip

    listed = fetched(client, address)
    [entry] = listed["revokedCredentials"]
    assert listed["id"] == address
    assert listed["issuer"] == credential["issuer"]["id"]
    assert (entry["id"], entry["revoked"]) == (credential["id"], True)


@pytest.mark.parametrize(
    "rest", ["/keys/9", "/keys/9.jwk", "/achievements/nobody", "/achievements/teacher"]
)
def test_what_does_not_exist_is_not_found(client: Client, series: Series, rest: str) -> None:
    assert client.get(f"/issuer/{series.campaign.public_id}{rest}").status_code == 404


def test_a_draft_issues_nothing(client: Client, series: Series) -> None:
    draft = Campaign.objects.create(
        name="草稿", scope=series.evening.tree.city, first_on=DAY, last_on=DAY, kinds=[1]
    )
    for address in (f"/issuer/{draft.public_id}", "/issuer/unknown"):
        assert client.get(address).status_code == 404


def test_leading_zeros_keep_their_place_in_base58() -> None:
    assert base58(b"\0\0\1") == "z112"
    assert base58(bytes.fromhex("0000287fb4cd")) == "z11233QC4"
