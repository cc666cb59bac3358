"""Correct how a relative stands to the child (Minors Online Regulation 34)."""

from datetime import datetime

from django.db import IntegrityError, transaction

from mingtian.core import audit
from mingtian.core.errors import RuleBroken
from mingtian.people.models import Person
from mingtian.people.rules import KIND_OF_KIN, Kin


def change_kin(*, person_id: int, kin: Kin, now: datetime, actor: str) -> bool:
    """Give a relative the right kin; False when it has it already.

    Within one kind only, because evenings are counted by kind and stay as they were counted: a
    mother is no grandmother, she is taken off the home and the grandmother enters.
    """
    with transaction.atomic():
        person = (
            Person.objects.select_for_update(no_key=True, of=("self",))
            .select_related("household")
            .get(pk=person_id)
        )
        if person.household is None or person.kin not in set(Kin):
            raise RuleBroken("kin_only_of_relatives")
        if person.kin == kin:
            return False
        if KIND_OF_KIN[kin] != person.kind:
            raise RuleBroken("kin_of_other_kind")
        person.kin = kin.value
        try:
            # Another phone of the home may be entering this relative just now.
            with transaction.atomic():
                person.save(update_fields=["kin"])
        except IntegrityError as error:
            raise RuleBroken("kin_taken") from error
        audit.record(
            actor=actor,
            action="people.kin_changed",
            subject=f"household:{person.household.public_id}",
            now=now,
            kin=kin.value,
        )
    return True
