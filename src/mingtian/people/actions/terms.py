"""End a campaign's term: homes, relatives, consents, names and decisions go (PIPL 19)."""

from collections.abc import Mapping
from datetime import datetime

from django.db import connection, transaction
from django.db.models import QuerySet
from psycopg import sql

from mingtian.core import audit
from mingtian.core.keeping import Term
from mingtian.people.actions.leaving import give_receipt
from mingtian.people.models import Household, Person, Receipt
from mingtian.people.queries.terms import (
    consents_of,
    departures_of,
    homes_of,
    people_of,
    relatives_of,
    rostered_in,
    standings_of,
)
from mingtian.people.rules import Leaving

_DELETE = "DELETE FROM {} WHERE id = ANY (%s::bigint[])"


def end_term(term: Term, *, now: datetime, actor: str) -> dict[str, int]:
    """Remove the homes of a campaign with relatives and consents, and the names on its rosters.

    What other modules keep about these people goes before. Whoever is on the roster of another
    campaign too stays there without a home. A note or question of another campaign that is
    still there makes the database refuse, so nothing is lost with its person.
    """
    with transaction.atomic():
        counts = {
            "standings": standings_of(term).delete()[0],
            "names": _delete(rostered_in(term)),
            "relatives": _delete(relatives_of(term)),
            "consents": consents_of(term).delete()[0],
        }
        people_of(term).update(household=None)
        departures_of(term).delete()
        counts["households"] = _delete(homes_of(term))
        audit.record(
            actor=actor,
            action="people.term_over",
            subject=f"campaign:{term.public_id}",
            now=now,
            **counts,
        )
    return counts


def give_term_receipt(counts: Mapping[str, int], *, now: datetime) -> Receipt:
    """Keep what a term's end has removed, of all modules."""
    return give_receipt(Leaving.TERM_OVER, None, counts, now)


def _delete(rows: QuerySet[Person] | QuerySet[Household]) -> int:
    """Delete rows without looking for what hangs on them: nothing may be left by now."""
    table = sql.Identifier(rows.model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(_DELETE).format(table), [list(rows.values_list("pk", flat=True))])
        return int(cursor.rowcount)
