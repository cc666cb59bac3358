"""Amounts: whole fen inside, yuan where people read and type them; pure Python."""

import re
from decimal import Decimal

FEN = 100
"""So many make a yuan."""

_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0xFFE5: "¥"}
_TYPED = re.compile(r"([0-9]{1,11})(?:\.([0-9]{1,2})0*)?")


def parse_yuan(text: str) -> int | None:
    """Return whole fen from what people type (``1,250``, ``¥312.5``, ``312.50元``), or None."""
    plain = re.sub(r"[\s,¥]", "", text.translate(_NARROW).casefold())
    found = _TYPED.fullmatch(re.sub("(?:元|yuan)$", "", plain))
    return int(found[1]) * FEN + int((found[2] or "0").ljust(2, "0")) if found else None


def yuan(fen: int) -> str:
    """Return an amount as people read it in both languages: ``¥1,250`` or ``¥312.50``."""
    whole, rest = divmod(abs(fen), FEN)
    return f"{'-' if fen < 0 else ''}¥{whole:,}" + (f".{rest:02}" if rest else "")


def in_yuan(fen: int) -> Decimal:
    """Return an amount for files and papers, where it can be summed: always with two places."""
    return Decimal(fen).scaleb(-2)
