"""The keys that sign credentials, numbered like all keys of the installation.

The highest number signs; lower ones stay published, so what they signed keeps verifying.
"""

import base64
from dataclasses import dataclass
from functools import cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
ED25519_PUBLIC = b"\xed\x01"
"""What multicodec puts before a public key of this kind."""


@dataclass(frozen=True, slots=True)
class BadgeKey:
    """One numbered key."""

    number: int
    private: Ed25519PrivateKey

    @property
    def public_bytes(self) -> bytes:
        return self.private.public_key().public_bytes_raw()

    @property
    def multibase(self) -> str:
        """The public key as Multikey writes it."""
        return base58(ED25519_PUBLIC + self.public_bytes)

    @property
    def jwk_x(self) -> str:
        """The public key as JWK writes it."""
        return base64.urlsafe_b64encode(self.public_bytes).rstrip(b"=").decode()

    def sign(self, message: bytes) -> bytes:
        return self.private.sign(message)


def is_signed_by(public_bytes: bytes, signature: bytes, message: bytes) -> bool:
    """Say whether the key made the signature."""
    try:
        Ed25519PublicKey.from_public_bytes(public_bytes).verify(signature, message)
    except InvalidSignature:
        return False
    return True


@cache
def badge_keys() -> dict[int, BadgeKey]:
    """Return the keys of the settings by number."""
    return {
        number: BadgeKey(number, Ed25519PrivateKey.from_private_bytes(seed))
        for number, seed in settings.BADGE_KEYS.items()
    }


def signing_key() -> BadgeKey:
    """Return the key in use: the highest number."""
    keys = badge_keys()
    return keys[max(keys)]


def base58(raw: bytes) -> str:
    """Write bytes as multibase base58btc: ``z`` and the digits, a ``1`` for each leading zero."""
    value = int.from_bytes(raw, "big")
    digits = []
    while value:
        value, rest = divmod(value, 58)
        digits.append(BASE58[rest])
    zeros = len(raw) - len(raw.lstrip(b"\0"))
    return "z" + "1" * zeros + "".join(reversed(digits))
