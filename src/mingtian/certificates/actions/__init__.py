"""Writes of certificates: rules, unlocking, revoking, leaving; and drawing, which opens names."""

from mingtian.certificates.actions.printing import (
    Printed,
    Wanted,
    print_booklet,
    print_certificate,
)
from mingtian.certificates.actions.revoke import end_term, forget, reissue, revoke
from mingtian.certificates.actions.rules import ensure_rules, set_rule
from mingtian.certificates.actions.unlocking import (
    Settled,
    settle_class,
    settle_persons,
    unlock,
    unlock_persons,
)

__all__ = [
    "Printed",
    "Settled",
    "Wanted",
    "end_term",
    "ensure_rules",
    "forget",
    "print_booklet",
    "print_certificate",
    "reissue",
    "revoke",
    "set_rule",
    "settle_class",
    "settle_persons",
    "unlock",
    "unlock_persons",
]
