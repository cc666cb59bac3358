"""Reads of consents: what was agreed for a child, and whether something may begin."""

from collections.abc import Collection
from datetime import date

from django.db import connection

from mingtian.children import rules
from mingtian.children.models import Consent
from mingtian.children.rows import ConsentRow
from mingtian.children.rules import ConsentPurpose, Party, Standing, Way
from mingtian.core.errors import RuleBroken


def check_consent(child_id: int, purpose: ConsentPurpose, day: date) -> None:
    """Refuse new processing for a purpose that nobody agreed to, or that was withdrawn.

    Raises :class:`RuleBroken` ``children_consent_missing`` or ``children_consent_withdrawn``. Not to be
    asked before a report of duty or reading for safety: the duty to protect waits for no consent.
    One statement. Asked behind the door about a child in sight, or by the keeper; of others nothing was
    agreed to.
    """
    stands = consent_standings([child_id], purpose, day)[child_id]
    if stands is Standing.MISSING:
        raise RuleBroken("children_consent_missing")
    if stands is Standing.WITHDRAWN:
        raise RuleBroken("children_consent_withdrawn")


def parties_of(child_id: int, purpose: ConsentPurpose, day: date) -> frozenset[Party]:
    """Return who must agree for this child on the day; for consents that stand outside the register.

    One statement. Nobody for a child that is not on the register or out of sight.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT birth_year FROM children_agreed(%s::bigint[], %s)", [[child_id], purpose.value]
        )
        found = cursor.fetchone()
    return rules.parties_needed(purpose, found[0], day) if found else frozenset()


def consent_standings(
    child_ids: Collection[int], purpose: ConsentPurpose, day: date
) -> dict[int, Standing]:
    """Say how a purpose stands with each child on the day; for lists and batches. One statement."""
    stands = dict.fromkeys(child_ids, Standing.MISSING)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT child, birth_year, given, withdrawn FROM children_agreed(%s::bigint[], %s)",
            [list(stands), purpose.value],
        )
        for child, birth_year, given, withdrawn in cursor.fetchall():
            stands[child] = rules.standing(
                rules.parties_needed(purpose, birth_year, day),
                [Party(each) for each in given],
                [Party(each) for each in withdrawn],
            )
    return stands


def list_consents(child: int) -> list[ConsentRow]:
    """Return all consents of a child in sight, the newest first."""
    return [
        ConsentRow(
            public_id=row.public_id, purpose=ConsentPurpose(row.purpose), party=Party(row.party),
            version=row.version, way=Way(row.way), given_on=row.given_on, told_on=row.told_on,
            withdrawn_at=row.withdrawn_at,
        )
        for row in Consent.objects.filter(child_id=child).order_by("-given_on", "-pk")
    ]  # fmt: skip
