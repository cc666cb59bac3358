"""The documents that verifiers fetch, at addresses that stay the same for years.

Each campaign issues as the body of its mandate; the keys are the installation's.
"""

from datetime import datetime

from django.conf import settings

from mingtian.campaigns.queries import CampaignRow
from mingtian.certificates.badges.canonical import CONTEXTS, Document
from mingtian.certificates.badges.keys import BadgeKey, badge_keys
from mingtian.people.rules import PersonKind

VC, OPEN_BADGES, EXTENSIONS = CONTEXTS
KIND_WORDS = {kind.name.lower(): kind for kind in PersonKind}
"""How kinds stand in addresses."""

KIND_NAMES = {
    PersonKind.PUPIL: ("学生", "pupil"),
    PersonKind.PARENT: ("家长", "parent"),
    PersonKind.GRANDPARENT: ("祖辈", "grandparent"),
    PersonKind.OTHER_GUARDIAN: ("其他监护人", "guardian"),
    PersonKind.TEACHER: ("教师", "teacher"),
    PersonKind.FIVE_OLD: ("五老", "five-old volunteer"),
    PersonKind.RESIDENT: ("居民", "resident"),
}
"""Both languages in one text: a credential's bytes do not depend on who looks."""


def issuer_id(campaign: CampaignRow) -> str:
    return f"{settings.PUBLIC_ORIGIN}/issuer/{campaign.public_id}"


def key_id(campaign: CampaignRow, number: int) -> str:
    return f"{issuer_id(campaign)}/keys/{number}"


def achievement_id(campaign: CampaignRow, kind: int) -> str:
    return f"{issuer_id(campaign)}/achievements/{PersonKind(kind).name.lower()}"


def revocations_id(campaign: CampaignRow) -> str:
    return f"{issuer_id(campaign)}/revocations"


def certificate_id(serial: str) -> str:
    return f"{settings.PUBLIC_ORIGIN}/c/{serial}"


def issuer_name(campaign: CampaignRow) -> str:
    """Who issues, in Chinese whoever reads: what is signed is the same for everybody."""
    return campaign.mandate.issuer or campaign.scope_name


def profile(campaign: CampaignRow) -> Document:
    """Return the issuer: its name and all keys that ever signed for it."""
    keys = [multikey(campaign, key) for key in badge_keys().values()]
    return {
        "@context": [VC, OPEN_BADGES],
        "id": issuer_id(campaign),
        "type": ["Profile"],
        "name": issuer_name(campaign),
        "url": settings.PUBLIC_ORIGIN,
        "verificationMethod": keys,
        "assertionMethod": [key["id"] for key in keys],
    }


def multikey(campaign: CampaignRow, key: BadgeKey) -> Document:
    return {
        "id": key_id(campaign, key.number),
        "type": "Multikey",
        "controller": issuer_id(campaign),
        "publicKeyMultibase": key.multibase,
    }


def jwk(campaign: CampaignRow, key: BadgeKey) -> Document:
    return {
        "kty": "OKP",
        "crv": "Ed25519",
        "alg": "EdDSA",
        "use": "sig",
        "kid": key_id(campaign, key.number),
        "x": key.jwk_x,
    }


def achievement(campaign: CampaignRow, kind: int) -> Document:
    """Return what was achieved, in both languages. The criteria stand at its own address."""
    chinese, english = KIND_NAMES[PersonKind(kind)]
    title = campaign.name_en or campaign.name
    return {
        "id": achievement_id(campaign, kind),
        "type": ["Achievement"],
        "achievementType": "Certificate",
        "name": f"{campaign.name} 学习证书",
        "description": f"{chinese}参加“{campaign.name}”并达到学习要求。 "
        f"Took part as {english} in “{title}” and did what it asks.",
        "criteria": {
            "id": f"{achievement_id(campaign, kind)}#criteria",
            "narrative": "达到本次活动对该类人员规定的学习要求。 "
            "The rule of the campaign for this kind of person was met.",
        },
    }


def revocation_list(campaign: CampaignRow, revoked: list[tuple[str, datetime, str]]) -> Document:
    """Return the 1EdTech revocation list: ids, instants and stable reasons; nobody's name."""
    return {
        "id": revocations_id(campaign),
        "issuer": issuer_id(campaign),
        "revokedCredentials": [
            {"id": certificate_id(serial), "revoked": True, "revocationReason": reason,
             "revokedAt": at.isoformat()}
            for serial, at, reason in revoked
        ],
    }  # fmt: skip
