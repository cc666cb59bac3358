"""Seals what supervisors read about requests, under the installation's key."""

from mingtian.core.seal import Place
from mingtian.core.sealing import sealer


def seal_reason(request: str, reason: str) -> bytes:
    """Return the sealed reason of a request, by its public id."""
    return sealer().seal(reason, _place(request))


def open_reason(request: str, sealed: bytes | memoryview) -> str:
    """Return the reason of a request; nothing once the child was erased."""
    return "" if not bytes(sealed) else sealer().open(bytes(sealed), _place(request))


def _place(request: str) -> Place:
    return Place("vault_request", "reason", request)
