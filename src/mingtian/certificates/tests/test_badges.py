"""Signed credentials: the published vector, an independent verifier, forgeries, rotated keys."""

import hashlib
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings as django_settings
from openbadgeslib.ob3.ldp import OB3LdpVerifier
from openbadgeslib.ob3.verifier import OB3VerificationError
from pyld.jsonld import JsonLdError
from pytest_django import Settings

from mingtian.certificates.badges import issuer
from mingtian.certificates.badges.canonical import (
    CONTEXTS,
    ContextChanged,
    UnknownContext,
    canonical,
    context,
    digest,
    proof_options,
    signed,
)
from mingtian.certificates.badges.credential import credential_of, unsigned_of
from mingtian.certificates.badges.keys import BadgeKey, badge_keys, is_signed_by
from mingtian.certificates.queries.certificates import CertificateRow
from mingtian.certificates.rules import new_serial
from mingtian.certificates.tests.conftest import Series
from mingtian.people.rules import PersonKind

VECTOR = {
    "@context": [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ],
    "id": "http://example.com/credentials/3527",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "issuer": {
        "id": "https://example.edu/issuers/565049",
        "type": ["Profile"],
        "url": "https://www.imsglobal.org",
        "name": "Example Corp",
    },
    "validFrom": "2010-01-01T00:00:00Z",
    "name": "Teamwork Badge",
    "credentialSubject": {
        "id": "did:example:ebfeb1f712ebc6f1c276e12ec21",
        "type": ["AchievementSubject"],
        "achievement": {
            "id": "https://example.com/achievements/21st-century-skills/teamwork",
            "type": ["Achievement"],
            "criteria": {
                "narrative": "Team members are nominated for this badge by their peers and "
                "recognized upon review by Example Corp management."
            },
            "description": "This badge recognizes the development of the capacity to collaborate "
            "within a group environment.",
            "name": "Teamwork",
        },
    },
}
"""The test vector that 1EdTech publishes with the specification, with its key pair."""

VECTOR_SEED = "6241a409e6707bb640a0140a8a32bc3d193c33a661747284d6adfa4ed4180be4"
VECTOR_KEY = "z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi"
VECTOR_PROOF = (
    "z5x9aCBYovW3CQCbKdNyhEm7ffYSw1YpEdPywQJoNbzDD2gkzQDKJ1sYKJaWvqZtkMtSbz35HcbgXVEDYHxCzgkCr"
)


@pytest.fixture(autouse=True)
def _fresh_keys() -> Any:
    badge_keys.cache_clear()
    yield
    badge_keys.cache_clear()


def certificate(series: Series, number: int = 0, kind: int = PersonKind.PUPIL) -> CertificateRow:
    return CertificateRow(
        id=number + 1,
        serial=new_serial(),
        subject=UUID(int=number + 77),
        campaign=series.campaign,
        person_id=1,
        kind=kind,
        unlocked_at=datetime(2023, 9, 25, 13, 0, number % 60, 250, tzinfo=UTC)
        + timedelta(days=number),
        revoked_at=None,
        revoked_for="",
    )


def pem_of(key: BadgeKey) -> bytes:
    public = key.private.public_key()
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def only_key() -> BadgeKey:
    [key] = badge_keys().values()
    return key


def test_the_published_vector_comes_out_bit_for_bit() -> None:
    key = BadgeKey(1, Ed25519PrivateKey.from_private_bytes(bytes.fromhex(VECTOR_SEED)))
    method = f"https://example.edu/issuers/565049#{VECTOR_KEY}"
    options = proof_options(VECTOR, method=method, created="2010-01-01T19:23:24Z")

    made = signed(VECTOR, options, key)

    assert key.multibase == VECTOR_KEY
    assert digest(canonical(VECTOR)).hex().startswith("87f65a76d40146205e3b3e06cb0fbd15")
    assert digest(canonical(options)).hex().startswith("d34009cea0dbc1ca941e09dc01c8c9d3")
    assert made["proof"]["proofValue"] == VECTOR_PROOF


def test_a_context_that_a_new_package_changed_signs_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name, _hash in CONTEXTS.values():
        (tmp_path / name).write_text('{"@context": {}}', encoding="utf-8")
    monkeypatch.setattr("mingtian.certificates.badges.canonical._folder", lambda: tmp_path)
    context.cache_clear()

    for url in CONTEXTS:
        with pytest.raises(ContextChanged):
            context(url)


def test_no_context_is_fetched() -> None:
    with pytest.raises(JsonLdError) as raised:
        canonical({**VECTOR, "@context": ["https://elsewhere.example/context"]})

    causes: list[Any] = [raised.value]
    while causes[-1] is not None:
        causes.append(getattr(causes[-1], "cause", None) or causes[-1].__cause__)
    assert any(isinstance(each, UnknownContext) for each in causes)


def test_the_template_signs_what_full_canonicalisation_signs(series: Series) -> None:
    """Two hundred certificates of every kind: the trick must never be wrong once."""
    for number in range(200):
        row = certificate(series, number, kind=1 + number % 7)
        document, options = unsigned_of(row, f"person{number:06d}")
        assert credential_of(row, f"person{number:06d}") == signed(document, options, only_key())


def test_an_independent_verifier_accepts_it(series: Series) -> None:
    made = credential_of(certificate(series), "pupil0000001")

    found = OB3LdpVerifier(pem_of(only_key())).verify(json.dumps(made))

    assert found.issuer.id == issuer.issuer_id(series.campaign)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("name",), "Another name"),
        (("validFrom",), "2020-01-01T00:00:00Z"),
        (("credentialSubject", "id"), "urn:uuid:00000000-0000-0000-0000-000000000000"),
        (("credentialSubject", "achievement", "name"), "Better"),
        (("credentialStatus", "id"), "https://elsewhere.example/revocations"),
        (("issuer", "name"), "Somebody else"),
    ],
)
def test_an_altered_credential_is_refused(
    series: Series, place: tuple[str, ...], value: str
) -> None:
    made = credential_of(certificate(series), "pupil0000001")
    inner = made
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value

    with pytest.raises(OB3VerificationError):
        OB3LdpVerifier(pem_of(only_key())).verify(json.dumps(made))


def test_a_credential_of_another_key_is_refused(series: Series) -> None:
    forger = BadgeKey(1, Ed25519PrivateKey.generate())
    document, options = unsigned_of(certificate(series), "pupil0000001")

    with pytest.raises(OB3VerificationError):
        OB3LdpVerifier(pem_of(only_key())).verify(json.dumps(signed(document, options, forger)))


def test_after_a_rotation_old_credentials_verify_and_new_ones_name_the_new_key(
    series: Series, settings: Settings
) -> None:
    before = credential_of(certificate(series), "pupil0000001")
    old = only_key()
    settings.BADGE_KEYS = {**django_settings.BADGE_KEYS, 2: b"2" * 32}
    badge_keys.cache_clear()

    after = credential_of(certificate(series), "pupil0000001")
    published = {key["id"]: key for key in issuer.profile(series.campaign)["verificationMethod"]}

    OB3LdpVerifier(pem_of(old)).verify(json.dumps(before))
    OB3LdpVerifier(pem_of(badge_keys()[2])).verify(json.dumps(after))
    assert published[before["proof"]["verificationMethod"]]["publicKeyMultibase"] == old.multibase
    assert after["proof"]["verificationMethod"].endswith("/keys/2")


def test_it_names_nobody_and_holds_the_hash_of_the_own_id(series: Series) -> None:
    made = credential_of(certificate(series), "pupil0000001")
    [identity] = made["credentialSubject"]["identifier"]

    expected = hashlib.sha256(f"pupil0000001{identity['salt']}".encode()).hexdigest()
    assert identity["identityHash"] == f"sha256${expected}"
    assert "pupil0000001" not in json.dumps(made)


def test_a_signature_of_something_else_does_not_verify() -> None:
    key = only_key()
    assert is_signed_by(key.public_bytes, key.sign(b"one"), b"one")
    assert not is_signed_by(key.public_bytes, key.sign(b"one"), b"two")
