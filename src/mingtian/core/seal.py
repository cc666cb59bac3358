"""Seals personal fields at rest and finds them again without opening them.

AES-256-GCM with a fresh 96-bit nonce for each value; the additional data is
``table|column|row``, so a sealed value moved to another row does not open. Look-ups use a
blind index: a keyed hash of the normalised text. Both keys come from the environment and
never enter the database (domain.md 11.3, design.md part 6).

Layout of a sealed value: one byte key id, 12 bytes nonce, ciphertext, 16 bytes tag.
"""

import hashlib
import os
import unicodedata
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12
INDEX_BYTES = 16


class SealBroken(ValueError):
    """A sealed value does not open: wrong row, unknown key, or damaged."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed value belongs. It opens nowhere else."""

    table: str
    column: str
    row: str

    def as_bytes(self) -> bytes:
        return f"{self.table}|{self.column}|{self.row}".encode()


class Sealer:
    """Seals and opens with a set of numbered keys; the highest id seals.

    About 3 µs a value. Safe to share between threads.
    """

    def __init__(self, keys: dict[int, bytes], index_key: bytes) -> None:
        self._ciphers = {key_id: AESGCM(key) for key_id, key in keys.items()}
        self._current = max(keys)
        self._index_key = index_key

    def seal(self, text: str, place: Place) -> bytes:
        """Return the sealed form of ``text`` for this place."""
        nonce = os.urandom(NONCE_BYTES)
        cipher = self._ciphers[self._current]
        box = cipher.encrypt(nonce, text.encode(), place.as_bytes())
        return bytes([self._current]) + nonce + box

    def open(self, sealed: bytes, place: Place) -> str:
        """Return the text, or raise :class:`SealBroken`."""
        cipher = self._ciphers.get(sealed[0]) if sealed else None
        if cipher is None:
            raise SealBroken("The value was sealed with a key that is not configured.")
        nonce, box = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
        try:
            return cipher.decrypt(nonce, box, place.as_bytes()).decode()
        except InvalidTag as error:
            raise SealBroken("The value does not belong to this place.") from error

    def index(self, column: str, text: str, scope: int) -> bytes:
        """Return the blind index of ``text`` within ``scope`` (a class, say).

        Equal texts in one scope and column give equal bytes; across scopes they do not,
        so frequencies of names cannot be read off the whole table. In the column
        ``number`` a family may leave out leading zeros: 007 and 7 are one.
        """
        folded = fold_number(text) if column == "number" else fold(text)
        message = f"{column}|{scope}|{folded}".encode()
        return hashlib.blake2b(message, key=self._index_key, digest_size=INDEX_BYTES).digest()


def fold(text: str) -> str:
    """Return the form in which two spellings of one name or number are equal.

    Width and compatibility forms, case and all spaces are levelled; the middle dots used
    in names of several peoples become one. Rare characters outside the basic plane stay.
    """
    # Removing a space can bring two characters together that form a third, so level until
    # nothing changes; ordinary names need one pass and the check.
    while (levelled := _level(text)) != text:
        text = levelled
    return text


def fold_number(text: str) -> str:
    """Return the folded form of a roster number, without leading zeros when it is all digits."""
    folded = fold(text)
    return (folded.lstrip("0") or "0") if folded.isdecimal() else folded


def _level(text: str) -> str:
    levelled = unicodedata.normalize("NFKC", text).casefold()
    joined = "".join(levelled.split())
    return joined.replace("•", "·").replace("・", "·").replace("‧", "·")
