"""Opens and seals one child's fields, as far as the door allows."""

import hashlib
from collections.abc import Collection, Mapping

from mingtian.core.seal import Place, Sealer
from mingtian.vault.rules import FieldClass


class NotOpened(PermissionError):
    """A class that was not asked for at the door, or is not the reader's."""


class ChildSeal:
    """The keys to some classes of one child, for as long as a page is made.

    Each class has a key of its own, made from the child's. Kept in memory only; never pickled, logged
    or sent. A sealed value opens at its own table, column and row only.
    """

    __slots__ = ("_sealers", "child_id", "public_id")

    def __init__(
        self, child_id: int, public_id: str, key: bytes, classes: Collection[FieldClass]
    ) -> None:
        self.child_id = child_id
        self.public_id = public_id
        self._sealers: Mapping[FieldClass, Sealer] = {
            each: Sealer({1: _key_of(each, key)}, b"no index under a child's key")
            for each in classes
        }

    def seal(self, of: FieldClass, text: str, table: str, column: str, row: str) -> bytes:
        """Return the sealed text. ``row`` is the row's own id, so that values cannot be exchanged."""
        return self._sealer(of).seal(text, Place(table, column, f"{self.public_id}|{row}"))

    def open(
        self, of: FieldClass, sealed: bytes | memoryview, table: str, column: str, row: str
    ) -> str:
        """Return the text; raises :class:`NotOpened`, or ``SealBroken`` when it belongs elsewhere."""
        return self._sealer(of).open(bytes(sealed), Place(table, column, f"{self.public_id}|{row}"))

    def _sealer(self, of: FieldClass) -> Sealer:
        try:
            return self._sealers[of]
        except KeyError:
            raise NotOpened(of.value) from None

    def __repr__(self) -> str:
        return f"<ChildSeal {self.public_id}: {', '.join(self._sealers)}>"


def _key_of(one: FieldClass, key: bytes) -> bytes:
    return hashlib.blake2b(one.value.encode(), key=key, digest_size=32).digest()
