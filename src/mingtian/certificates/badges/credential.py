"""The credential of one certificate, signed from a template.

Canonicalising a document costs 4 ms, yet two certificates of one campaign and kind differ in five
words only. So the canonical lines are made once with marks in their place; for each certificate
the marks are replaced and the lines sorted again. That is exact because every node but one has an
id of its own: a single blank node is ``_:c14n0`` whatever it holds. A test canonicalises a sample
in full and compares (docs/mechanisms/certificates.md).
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC
from functools import lru_cache

from mingtian.campaigns.queries import CampaignRow
from mingtian.certificates.badges import issuer
from mingtian.certificates.badges.canonical import (
    Document,
    canonical,
    digest,
    proof_options,
    with_proof,
)
from mingtian.certificates.badges.keys import signing_key
from mingtian.certificates.queries.certificates import CertificateRow


class TemplateUnsafe(AssertionError):
    """A template has more than one blank node, so replacing words in it would be wrong."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """The words in which two credentials of one campaign and kind differ."""

    credential: str
    subject: str
    identity_hash: str
    salt: str
    at: str

    def replaced_in(self, text: str) -> str:
        for name in self.__slots__:
            text = text.replace(MARKS[name], getattr(self, name))
        return text


MARKS = {
    "credential": "urn:mark:credential",
    "subject": "urn:mark:subject",
    "identity_hash": "mark-identity-hash",
    "salt": "mark-salt",
    "at": "0001-01-01T00:00:00Z",
}
"""What stands in a template in the place of each word; of its form, so that it canonicalises."""


@dataclass(frozen=True, slots=True)
class Template:
    """The canonical lines of document and proof with marks in them."""

    lines: tuple[str, ...]
    proof_lines: tuple[str, ...]


def credential_of(certificate: CertificateRow, person_public_id: str) -> Document:
    """Return the signed credential. About 60 µs once the first of its kind has been made.

    Holds no name: the subject is an opaque id, and the identity is the salted hash of the
    person's id in the school's own system, for who knows it already.
    """
    key = signing_key()
    words = _words(certificate, person_public_id)
    found = _template(certificate.campaign, certificate.kind, key.number)
    hashes = _hash(found.proof_lines, words) + _hash(found.lines, words)
    document = _document(certificate.campaign, certificate.kind, words)
    options = _options(document, certificate.campaign, key.number, words)
    return with_proof(document, options, key.sign(hashes))


def unsigned_of(certificate: CertificateRow, person_public_id: str) -> tuple[Document, Document]:
    """Return document and proof options as they are signed, for the comparison in full."""
    words = _words(certificate, person_public_id)
    document = _document(certificate.campaign, certificate.kind, words)
    return document, _options(document, certificate.campaign, signing_key().number, words)


def _words(certificate: CertificateRow, person_public_id: str) -> Words:
    salt = hashlib.blake2b(f"salt|{certificate.serial}".encode(), digest_size=12).hexdigest()
    identity = hashlib.sha256(f"{person_public_id}{salt}".encode()).hexdigest()
    instant = certificate.unlocked_at.astimezone(UTC).replace(microsecond=0)
    return Words(
        credential=issuer.certificate_id(certificate.serial),
        subject=f"urn:uuid:{certificate.subject}",
        identity_hash=f"sha256${identity}",
        salt=salt,
        at=f"{instant:%Y-%m-%dT%H:%M:%SZ}",
    )


def _hash(lines: tuple[str, ...], words: Words) -> bytes:
    put_in = words.replaced_in("".join(lines)).splitlines(keepends=True)
    return digest("".join(sorted(put_in)))


@lru_cache(maxsize=64)
def _template(campaign: CampaignRow, kind: int, key_number: int) -> Template:
    marks = Words(**MARKS)
    document = _document(campaign, kind, marks)
    options = _options(document, campaign, key_number, marks)
    found = Template(
        tuple(canonical(document).splitlines(keepends=True)),
        tuple(canonical(options).splitlines(keepends=True)),
    )
    if any("_:c14n1" in line for line in (*found.lines, *found.proof_lines)):
        raise TemplateUnsafe(campaign.public_id)
    return found


def _document(campaign: CampaignRow, kind: int, words: Words) -> Document:
    return {
        "@context": [issuer.VC, issuer.OPEN_BADGES, issuer.EXTENSIONS],
        "id": words.credential,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": f"{campaign.name} 学习证书",
        "issuer": {
            "id": issuer.issuer_id(campaign),
            "type": ["Profile"],
            "name": issuer.issuer_name(campaign),
        },
        "validFrom": words.at,
        "credentialSubject": {
            "id": words.subject,
            "type": ["AchievementSubject"],
            "identifier": [
                {
                    "type": "IdentityObject",
                    "hashed": True,
                    "identityHash": words.identity_hash,
                    "identityType": "systemId",
                    "salt": words.salt,
                }
            ],
            "achievement": issuer.achievement(campaign, kind),
        },
        "credentialStatus": {
            "id": issuer.revocations_id(campaign),
            "type": "1EdTechRevocationList",
        },
    }


def _options(document: Document, campaign: CampaignRow, key_number: int, words: Words) -> Document:
    return proof_options(document, method=issuer.key_id(campaign, key_number), created=words.at)
