"""Let a home take its leave: stop counting it, remove it.

What other modules keep about these people is theirs to remove, and goes before: they all offer
``actions.forget`` (mingtian.core.keeping). The order is withdraw, forget everywhere, and then
:func:`forget_household`, because rows elsewhere point at the home (docs/decisions/0010).
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db import OperationalError, connection, transaction
from django.db.models import Exists, OuterRef

from mingtian.core import audit
from mingtian.core.clock import day_of
from mingtian.core.errors import RuleBroken
from mingtian.core.ids import public_id
from mingtian.people.models import Consent, Departed, Household, Person, Receipt, Standing
from mingtian.people.queries.homes import ConsentRow, latest_consent
from mingtian.people.rules import Leaving
from mingtian.people.sealing import opened, place_of, sealer

PATIENCE = "3s"
"""How long leaving waits for the batches under way. Phones that report wait behind it."""


def withdraw(household_id: int, *, now: datetime, actor: str) -> Receipt:
    """Count nobody of the home from now on, and return the receipt.

    What was recorded stays until it is erased. A second call changes nothing and returns the
    same receipt. A new consent at the entry undoes it; the receipt stays. Call it in a
    transaction of its own: phones that report wait until it commits, some milliseconds.
    """
    with transaction.atomic():
        home, people = _locked(household_id)
        consent = latest_consent(household_id)
        fresh = stop_counting(household_id, [person.pk for person in people], now=now)
        if consent is not None and consent.withdrawn_at is not None and not fresh:
            earlier = Receipt.objects.filter(
                what=Leaving.WITHDRAWN.value,
                at=consent.withdrawn_at,
                consent_given_at=consent.given_at,
            ).first()
            if earlier is not None:
                return earlier
        Consent.objects.filter(household=home, withdrawn_at=None).update(withdrawn_at=now)
        receipt = give_receipt(Leaving.WITHDRAWN, consent, {"persons": len(people)}, now)
        audit.record(
            actor=actor,
            action="people.withdrawn",
            subject=f"household:{home.public_id}",
            now=now,
            persons=len(people),
        )
    return receipt


def stop_counting(household_id: int, person_ids: Collection[int], *, now: datetime) -> int:
    """Let no map of these persons be stored any more; return how many were counted until now.

    When this commits, every batch that did not know of it has ended, so what is removed
    afterwards does not come back. Raises RuleBroken ``leaving_is_busy`` when a batch does not
    end within three seconds.
    """
    known = set(Departed.objects.filter(person__in=person_ids).values_list("person", flat=True))
    leaving = sorted(set(person_ids) - known)
    if not leaving:
        return 0
    with transaction.atomic():
        _wait_for_batches()
        Departed.objects.bulk_create(
            [Departed(person=person, household=household_id, at=now) for person in leaving],
            ignore_conflicts=True,
        )
    return len(leaving)


def forget_household(
    household_id: int, *, now: datetime, actor: str, removed: Mapping[str, int] | None = None
) -> Receipt:
    """Remove the home with its relatives, guests and consents, and return the receipt.

    Pupils, teachers and five-old stay on the school's roster, as somebody new: under another
    key, with no home and no history, so nothing on any phone or in any trail leads to them.
    ``removed`` are the rows that other modules removed before, for the receipt. Raises
    ProtectedError when a module has not.
    """
    with transaction.atomic():
        home, people = _locked(household_id)
        stop_counting(household_id, [person.pk for person in people], now=now)
        consent = latest_consent(household_id)
        counts = {
            "persons": len(people),
            "relatives": sum(bool(person.kin) for person in people),
            **(removed or {}),
        }
        for person in people:
            _remove(person, day_of(now))
        subject = f"household:{home.public_id}"
        home.delete()
        receipt = give_receipt(Leaving.ERASED, consent, counts, now)
        audit.record(
            actor=actor, action="people.erased", subject=subject, now=now, persons=len(people)
        )
    return receipt


def remove_from_home(person_id: int, *, now: datetime, actor: str) -> bool:
    """Take somebody out of a home who does not belong there; False when gone by then.

    A relative is removed; a child stays on the roster as somebody new, for its own home to
    enter. Stop counting and forget the person in all modules before.
    """
    with transaction.atomic():
        person = Person.objects.select_for_update(no_key=True).filter(pk=person_id).first()
        if person is None or person.household_id is None:
            return False
        home = Household.objects.get(pk=person.household_id)
        stop_counting(home.pk, [person.pk], now=now)
        _remove(person, day_of(now))
        audit.record(
            actor=actor,
            action="people.removed_from_home",
            subject=f"household:{home.public_id}",
            now=now,
            relative=bool(person.kin),
        )
    return True


def drop_departures(*, before: datetime) -> int:
    """Drop the marks of persons who are gone, made before an instant; return how many.

    Until no seat from that time is valid any more, such a mark keeps a late phone from being
    counted. Marks of persons who are still there stay with them.
    """
    old = Departed.objects.filter(at__lt=before).exclude(
        Exists(Person.objects.filter(pk=OuterRef("person")))
    )
    return old.delete()[0]


def _locked(household_id: int) -> tuple[Household, list[Person]]:
    """Hold the people of a home, then the home, in the order in which entries take them."""
    people = Person.objects.filter(household_id=household_id).order_by("pk")
    list(people.select_for_update(no_key=True))
    home = Household.objects.select_for_update(no_key=True).filter(pk=household_id).first()
    if home is None:
        raise RuleBroken("home_is_gone")
    # Read again: an entry that was waited for may have added somebody. None can from here on.
    return home, list(people.all())


def _wait_for_batches() -> None:
    """Hold the table that every batch looks at, so that none is under way unseen.

    Readers, a backup among them, go on. Released by the end of the transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [PATIENCE])
        try:
            cursor.execute("LOCK TABLE people_departed IN EXCLUSIVE MODE")
        except OperationalError as error:
            raise RuleBroken("leaving_is_busy") from error
        cursor.execute("SET LOCAL lock_timeout TO DEFAULT")


def _remove(person: Person, today: date) -> None:
    """Delete somebody with decisions about them; who is on a roster comes back as somebody new."""
    has_left = person.left_on is not None and person.left_on <= today
    on_roster = person.kin == "" and not has_left
    number = opened(person, "number") if on_roster else ""
    name = opened(person, "name") if on_roster else ""
    Standing.objects.filter(person=person).delete()
    Person.objects.filter(pk=person.pk).delete()
    if not on_roster:
        return
    own_id = public_id()
    Person.objects.create(
        public_id=own_id,
        kind=person.kind,
        unit_id=person.unit_id,
        number_sealed=sealer().seal(number, place_of("number", own_id)),
        number_index=person.number_index,
        name_sealed=sealer().seal(name, place_of("name", own_id)),
        name_index=person.name_index,
        created_at=person.created_at,
        left_on=person.left_on,
    )


def give_receipt(
    what: Leaving, consent: ConsentRow | None, counts: Mapping[str, int], now: datetime
) -> Receipt:
    """Keep what is left of a leave-taking: counts, and the consent that ended by it."""
    return Receipt.objects.create(
        what=what.value,
        at=now,
        counts=dict(counts),
        consent_version=consent.version if consent else None,
        consent_given_at=consent.given_at if consent else None,
    )
