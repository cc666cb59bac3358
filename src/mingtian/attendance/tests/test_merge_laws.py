"""Whatever phones send, in whatever order: rows = tallies, and rows = the union of what counted.

A hypothesis state machine speaks to the real application on real PostgreSQL and keeps a
model of sets beside it.
"""

from pathlib import Path

from django.db import connection
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from mingtian.attendance.models import Record
from mingtian.attendance.queries import differences
from mingtian.attendance.rules import FULL, SLOTS, slots_begun, slots_since
from mingtian.testing.evening import Evening, make_evening
from mingtian.testing.hotpath import HotPath

PHONES = 6
CHILDREN = 3
MAPS = st.integers(min_value=0, max_value=FULL)
PHONE = st.integers(min_value=0, max_value=PHONES - 1)


class Phones(RuleBasedStateMachine):
    """Six phones of three children (two each), an evening whose clock only goes on."""

    hot: HotPath
    evening: Evening

    @initialize()
    def begin(self) -> None:
        self.hot.clock.now = self.evening.at(-10)
        self.truncate()
        self.slot = -10
        self.seats = [
            self.hot.post("/enter", self.evening.entry(n % CHILDREN)).json["seat"]
            for n in range(PHONES)
        ]
        self.tickets = [""] * PHONES
        self.first: dict[int, int] = {}
        self.live: dict[int, int] = {}
        self.sent: list[dict[str, object]] = []

    def truncate(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "TRUNCATE attendance_record, attendance_arrival, attendance_home, attendance_tally"
            )

    @rule(slots=st.integers(min_value=1, max_value=15))
    def time_passes(self, slots: int) -> None:
        self.slot += slots
        self.hot.clock.now = self.evening.at(self.slot)

    @rule(phone=PHONE, live=MAPS, with_ticket=st.booleans())
    def a_phone_beats(self, phone: int, live: int, with_ticket: bool) -> None:
        ticket = self.tickets[phone] if with_ticket else ""
        beat = self.evening.beat(self.seats[phone], live, ticket=ticket)
        self.expect(phone, live)
        answer = self.hot.post("/b", beat).json
        self.tickets[phone] = answer["ticket"] or self.tickets[phone]
        self.sent.append(beat)

    @rule(data=st.data())
    def old_beats_come_again_in_any_order(self, data: st.DataObject) -> None:
        if not self.sent:
            return
        again = data.draw(st.lists(st.sampled_from(self.sent), max_size=6))
        before = self.rows()
        grown = {n: self.live.get(n, 0) for n in range(CHILDREN)}
        for beat in again:
            phone = self.seats.index(str(beat["seat"]))
            self.expect(phone, int(str(beat["live"]), 16))
        self.hot.post_all("/b", again)
        if grown == {n: self.live.get(n, 0) for n in range(CHILDREN)}:
            assert self.rows() == before

    def expect(self, phone: int, live: int) -> None:
        running = min(self.slot, SLOTS)
        if running < SLOTS:
            self.first.setdefault(phone, max(running, 0))
        first = self.first.get(phone)
        if first is None:
            return
        child = phone % CHILDREN
        counted = live & slots_begun(running) & slots_since(first)
        self.live[child] = self.live.get(child, 0) | counted

    def rows(self) -> dict[int, int | None]:
        return dict(Record.objects.values_list("person", "live"))

    @invariant()
    def rows_hold_exactly_what_counted(self) -> None:
        if not hasattr(self, "live"):
            return
        children = [pupil.pk for pupil in self.evening.pupils[:CHILDREN]]
        stored = {k: v for k, v in self.rows().items() if v is not None}
        assert stored == {children[n]: live for n, live in self.live.items()}

    @invariant()
    def tallies_equal_rows(self) -> None:
        assert differences(self.evening.lecture.pk) == []


def test_rows_and_tallies_agree_whatever_the_phones_do(
    transactional_db: None, tmp_path: Path
) -> None:
    evening = make_evening()
    with HotPath(tmp_path, now=evening.at(-10)) as hot:

        class Tonight(Phones):
            pass

        Tonight.hot, Tonight.evening = hot, evening
        run_state_machine_as_test(
            Tonight,
            settings=hypothesis_settings(max_examples=30, stateful_step_count=25, deadline=None),
        )
