"""Everything that attendance keeps about people, opened for the family that asks for it."""

from collections.abc import Collection

from mingtian.attendance.models import Appeal, ByHand, Record, Seat
from mingtian.attendance.queries.seats import count_arrivals
from mingtian.attendance.rules import SLOTS
from mingtian.attendance.sealing import place_of_appeal, sealer
from mingtian.campaigns.queries.evenings import Evening, evenings_by_id
from mingtian.core.keeping import Kept
from mingtian.people.queries.members import list_counted


def kept_about(person_ids: Collection[int]) -> list[Kept]:
    """Return phones, arrivals, maps, notes by hand and questions of these persons.

    Opens the sealed words of questions: for the family itself only, and whoever calls it
    records that in the trail.
    """
    # By home first: seats are found by it, and by nothing else that a person leads to.
    homes = {one.household_id for one in list_counted(person_ids) if one.household_id}
    speaking = Seat.objects.filter(household_id__in=homes, persons__overlap=list(person_ids))
    seats = list(speaking.order_by("pk"))
    records = list(Record.objects.filter(person__in=person_ids).order_by("lecture", "person"))
    notes = list(ByHand.objects.filter(person_id__in=person_ids).order_by("recorded_at", "pk"))
    appeals = list(Appeal.objects.filter(person_id__in=person_ids).order_by("opened_at", "pk"))
    lectures = {one.lecture for one in records}
    lectures |= {one.lecture_id for one in notes} | {one.lecture_id for one in appeals}
    evenings = evenings_by_id(lectures)
    arrivals = count_arrivals([seat.pk for seat in seats])
    return [
        *(_seat(seat, arrivals.get(seat.pk, 0)) for seat in seats),
        *(_record(record, evenings[record.lecture]) for record in records),
        *(_note(note, evenings[note.lecture_id]) for note in notes),
        *(_appeal(appeal, evenings[appeal.lecture_id]) for appeal in appeals),
    ]


def _seat(seat: Seat, arrivals: int) -> Kept:
    return Kept(
        what="phone",
        person_id=None,
        at=seat.created_at,
        facts={
            "persons": len(seat.persons),
            "assisted": seat.assisted,
            "evenings_arrived": arrivals,
        },
    )


def _record(record: Record, evening: Evening) -> Kept:
    return Kept(
        what="evening",
        person_id=record.person,
        at=evening.starts_at,
        facts={
            "lecture": evening.title,
            "lecture_number": evening.number,
            "arrived": record.live is not None,
            "slots_live": (record.live or 0).bit_count(),
            "slots_replay": record.replay.bit_count(),
            "live": _drawn(record.live or 0),
            "replay": _drawn(record.replay),
        },
    )


def _drawn(played: int) -> str:
    """Return a map as sixty signs, the first slot first: 1 for played, 0 for not."""
    return f"{played:0{SLOTS}b}"[::-1]


def _note(note: ByHand, evening: Evening) -> Kept:
    undone = note.undone_at
    return Kept(
        what="noted_by_hand",
        person_id=note.person_id,
        at=note.recorded_at,
        facts={
            "lecture": evening.title,
            "lecture_number": evening.number,
            "how": note.how,
            "undone_at": undone.isoformat() if undone else None,
        },
    )


def _appeal(appeal: Appeal, evening: Evening) -> Kept:
    text = bytes(appeal.text_sealed)
    answer = appeal.answer_sealed
    answered = appeal.answered_at
    return Kept(
        what="question",
        person_id=appeal.person_id,
        at=appeal.opened_at,
        facts={
            "lecture": evening.title,
            "lecture_number": evening.number,
            "state": appeal.state,
            "text": sealer().open(text, place_of_appeal("text", appeal.public_id)),
            "answer": None
            if answer is None
            else sealer().open(bytes(answer), place_of_appeal("answer", appeal.public_id)),
            "answered_at": answered.isoformat() if answered else None,
        },
    )
