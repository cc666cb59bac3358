"""Comments made through the tables, for tests of what comes after the intake."""

from datetime import datetime, timedelta
from itertools import count

from mingtian.comments.models import Comment
from mingtian.comments.rules import State
from mingtian.comments.sealing import place_of_text
from mingtian.core.ids import public_id
from mingtian.core.sealing import sealer
from mingtian.org.models import Unit
from mingtian.people.rules import PersonKind
from mingtian.testing.make import NOW

_persons = count(10_000)


def said(
    text: str,
    *,
    lecture: int,
    unit: Unit,
    house: Unit,
    kind: PersonKind = PersonKind.PARENT,
    state: State = State.WAITING,
    concerns: str = "",
    person: int | None = None,
    at: datetime = NOW + timedelta(hours=1),
) -> Comment:
    """Store one text of somebody who has said nothing else."""
    own_id = public_id()
    return Comment.objects.create(
        lecture=lecture,
        person=next(_persons) if person is None else person,
        number=1,
        key=1,
        public_id=own_id,
        unit=unit.pk,
        house=house.pk,
        kind=kind,
        kin="mother" if kind is PersonKind.PARENT else "",
        text_sealed=sealer().seal(text, place_of_text(own_id)),
        concerns=concerns,
        state=state.value,
        at=at,
    )
