"""Whoever leaves, whenever, between any beats: totals never fall, and nobody comes back unasked.

A hypothesis state machine speaks to the real application on real PostgreSQL.
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

from mingtian.attendance.actions.forget import forget, sweep_leftovers
from mingtian.attendance.models import Record, Tally
from mingtian.attendance.queries import differences, recount
from mingtian.attendance.rules import FULL
from mingtian.people.actions import leaving
from mingtian.people.models import Consent, Departed, Household, Person
from mingtian.testing.evening import Evening, make_evening
from mingtian.testing.hotpath import HotPath
from mingtian.testing.make import ACTOR, NOW

CHILDREN = 4
MAPS = st.integers(min_value=0, max_value=FULL)
CHILD = st.integers(min_value=0, max_value=CHILDREN - 1)


class Homes(RuleBasedStateMachine):
    """Four children who enter, watch, withdraw, come back and are erased; tokens live on."""

    hot: HotPath
    evening: Evening

    @initialize()
    def begin(self) -> None:
        self.hot.clock.now = self.evening.at(-10)
        with connection.cursor() as cursor:
            cursor.execute(
                "TRUNCATE attendance_record, attendance_arrival, attendance_home,"
                " attendance_tally, attendance_forgotten, people_departed"
            )
        self.hot.run(self.hot.service.reload())
        self.slot = -10
        self.tokens: list[str] = []
        self.sums: dict[int, tuple[int, int]] = {}
        for child in range(CHILDREN):
            self.enter(child)

    def enter(self, child: int) -> None:
        entry = self.evening.entry(child, kin=["mother"])
        answer = self.hot.post("/enter", entry)
        assert answer.status == 200, answer.json
        self.tokens.append(answer.json["seat"])

    def home_of(self, child: int) -> int | None:
        seat = self.evening.tree.class_one.pk
        found = Person.objects.filter(unit_id=seat, kin="").order_by("created_at")
        number = self.hot.service.sealer.index("number", str(child + 1), seat)
        return found.get(number_index=number).household_id

    @rule(slots=st.integers(min_value=1, max_value=15))
    def time_passes(self, slots: int) -> None:
        self.slot += slots
        self.hot.clock.now = self.evening.at(self.slot)

    @rule(child=CHILD)
    def a_home_enters(self, child: int) -> None:
        self.enter(child)

    @rule(data=st.data(), live=MAPS)
    def any_phone_beats(self, data: st.DataObject, live: int) -> None:
        tokens = data.draw(st.lists(st.sampled_from(self.tokens), min_size=1, max_size=4))
        gone = self.records_of_the_departed()
        self.hot.post_all("/b", [self.evening.beat(token, live) for token in tokens])
        assert self.records_of_the_departed() == gone

    @rule(child=CHILD)
    def a_home_withdraws(self, child: int) -> None:
        if (home := self.home_of(child)) is not None:
            leaving.withdraw(home, now=NOW, actor=ACTOR)

    @rule(child=CHILD)
    def a_home_is_erased(self, child: int) -> None:
        if (home := self.home_of(child)) is None:
            return
        persons = list(Person.objects.filter(household=home).values_list("pk", flat=True))
        leaving.withdraw(home, now=NOW, actor=ACTOR)
        forget(persons, now=NOW, actor=ACTOR)
        leaving.forget_household(home, now=NOW, actor=ACTOR)
        assert not Record.objects.filter(person__in=persons).exists()

    @rule(child=CHILD)
    def a_mother_is_taken_out_of_a_home(self, child: int) -> None:
        home = self.home_of(child)
        mother = Person.objects.filter(household=home, kin="mother").first()
        if home is None or mother is None:
            return
        forget([mother.pk], now=NOW, actor=ACTOR)
        leaving.remove_from_home(mother.pk, now=NOW, actor=ACTOR)

    @rule()
    def ingest_hears_of_it(self) -> None:
        self.hot.run(self.hot.service.reload())

    def records_of_the_departed(self) -> dict[int, int | None]:
        gone = list(Departed.objects.values_list("person", flat=True))
        return dict(Record.objects.filter(person__in=gone).values_list("person", "live"))

    @invariant()
    def tallies_are_rows_and_what_was_erased(self) -> None:
        assert differences(self.evening.lecture.pk) == []
        rows = Tally.objects.exclude(arrived=0, slots=0)
        tallied = {(one.unit, one.kind): one.arrived for one in rows}
        assert {
            key: one.arrived for key, one in recount(self.evening.lecture.pk).items()
        } == tallied

    @invariant()
    def totals_never_fall(self) -> None:
        if not hasattr(self, "sums"):
            return
        sums = {one.kind: (one.arrived, one.slots) for one in Tally.objects.all()}
        for kind, (arrived, slots) in self.sums.items():
            assert sums[kind][0] >= arrived
            assert sums[kind][1] >= slots
        self.sums = sums

    @invariant()
    def every_row_belongs_to_somebody(self) -> None:
        assert sweep_leftovers(now=NOW, actor=ACTOR) == 0

    @invariant()
    def a_home_is_counted_or_departed_by_its_consent(self) -> None:
        gone = set(Departed.objects.values_list("person", flat=True))
        for home in Household.objects.all():
            agreed = Consent.objects.filter(household=home, withdrawn_at=None).exists()
            persons = set(Person.objects.filter(household=home).values_list("pk", flat=True))
            assert not (persons & gone) if agreed else persons <= gone


def test_totals_stay_and_nobody_comes_back_whoever_leaves_whenever(
    transactional_db: None, tmp_path: Path
) -> None:
    evening = make_evening()
    with HotPath(tmp_path, now=evening.at(-10)) as hot:

        class Tonight(Homes):
            pass

        Tonight.hot, Tonight.evening = hot, evening
        run_state_machine_as_test(
            Tonight,
            settings=hypothesis_settings(max_examples=25, stateful_step_count=25, deadline=None),
        )
