"""Tables of cases. What PostgreSQL derives, and who sees which row, stands in sql/schema.sql.

Every row names its child, so that policies need no join. Words about a child are sealed under the
child's key; whatever the office sees is a number, a day or a word of :mod:`mingtian.care.rules`.
"""

from enum import StrEnum
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case as When
from django.db.models import F, Q, Value
from django.db.models import When as If

from mingtian.care import rules
from mingtian.care.rules.leave import Answer, Body, Leave, Urgency
from mingtian.core.ids import public_id


def person(*, null: bool = False) -> "models.ForeignKey[Any, Any]":
    """Return a key to whoever did something."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=null, on_delete=models.PROTECT, related_name="+"
    )


def word(kind: type[StrEnum], **more: Any) -> "models.CharField[Any, Any]":
    """Return a column for a word of the rules."""
    choices = [(one.value, one.value) for one in kind]
    return models.CharField(max_length=18, choices=choices, **more)


class Case(models.Model):
    """A child's case. ``unit`` and ``school`` follow the child; one case is open at a time.

    ``risk`` and everything from ``assessed_at`` to ``contact_on`` is derived by triggers from the rows
    below, and ``state`` from these; the role that acts for people may not write them.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    number = models.CharField(max_length=11, unique=True)
    child = models.ForeignKey("vault.Child", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    school = models.ForeignKey(
        "org.Unit", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    worker = person(null=True)
    opened_at = models.DateTimeField()
    opened_by = person()
    reopened_at = models.DateTimeField(null=True)
    contact_from = models.DateField(null=True, help_text="Since when parents are away.")
    version = models.IntegerField(default=1, help_text="Goes up with each change of the case.")
    risk = word(rules.Risk, null=True)
    assessed_at = models.DateTimeField(null=True)
    agreed_at = models.DateTimeField(null=True)
    planned_at = models.DateTimeField(null=True)
    served_at = models.DateTimeField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    plan_state = word(rules.PlanState, null=True, help_text="Of the newest plan.")
    due_on = models.DateField(null=True, help_text="The next service or review that is due.")
    answer_on = models.DateField(null=True, help_text="Until when a body is to answer, the first.")
    contact_on = models.DateField(null=True, help_text="When parents were last in touch.")
    closed_at = models.DateTimeField(null=True)
    closed_by = person(null=True)
    closed_for = word(rules.ClosedFor, blank=True, default="")
    state = models.GeneratedField(
        expression=When(
            If(closed_at__isnull=False, then=Value("closed")),
            If(reviewed_at__isnull=False, then=Value("reviewed")),
            If(served_at__isnull=False, then=Value("served")),
            If(planned_at__isnull=False, then=Value("planned")),
            If(agreed_at__isnull=False, then=Value("consented")),
            If(assessed_at__isnull=False, then=Value("assessed")),
            default=Value("found"),
        ),
        output_field=models.CharField(max_length=10),
        db_persist=True,
    )

    class Meta:
        db_table = "care_case"
        indexes = [
            models.Index(fields=["unit", "opened_at"], name="care_case_unit"),
            models.Index(fields=["school", "opened_at"], name="care_case_school"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["child"], condition=Q(closed_at=None), name="care_case_one_open"
            ),
            models.CheckConstraint(
                name="care_case_closed",
                condition=Q(closed_at__isnull=True, closed_for="")
                | (Q(closed_at__isnull=False) & ~Q(closed_for="")),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class OfCase(models.Model):
    """Something of a case: who noted it and when."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    child = models.ForeignKey("vault.Child", on_delete=models.PROTECT, related_name="+")
    by = person()
    at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.public_id


class Assignment(OfCase):
    """Who works in the case, dated; what it opens is the part with the source ``care.part:<id>``."""

    user = person()
    duty = word(rules.Duty)
    ends_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "care_assignment"
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(duty="lead", ends_at=None), name="care_one_lead"
            ),
            models.UniqueConstraint(
                fields=["case", "user", "duty"], condition=Q(ends_at=None), name="care_duty_once"
            ),
        ]


class Transfer(OfCase):
    """A hand-over that was asked for. The case changes hands when the receiver accepts, not before.

    ``words`` are what the one who hands over tells the next; None where an office asked.
    """

    to = person()
    words = models.BinaryField(null=True, help_text="SITUATION.")
    accepted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True, help_text="Declined, or taken back.")

    class Meta:
        db_table = "care_transfer"
        indexes = [
            models.Index(
                fields=["to"], condition=Q(accepted_at=None, ended_at=None), name="care_transfer_to"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(accepted_at=None, ended_at=None),
                name="care_one_transfer",
            )
        ]  # fmt: skip


class Assessment(OfCase):
    """How a child's situation was found: sum and level by a dated scale, the words sealed."""

    scale = models.CharField(max_length=10)
    score = models.SmallIntegerField()
    level = word(rules.Risk)
    words = models.BinaryField(help_text="SITUATION: points and description.")
    health = models.BinaryField(null=True, help_text="HEALTH.")

    class Meta:
        db_table = "care_assessment"


class Plan(OfCase):
    """A version of the plan. ``areas`` have goals; the goals themselves are sealed (SITUATION)."""

    version = models.SmallIntegerField()
    state = word(rules.PlanState, default=rules.PlanState.DRAFT)
    areas = ArrayField(models.CharField(max_length=10))
    goals = models.BinaryField()
    agreed = word(rules.Agreed)
    agreed_on = models.DateField()
    review_on = models.DateField()
    rule = models.CharField(max_length=12, blank=True, default="", help_text="Public id (AID-4).")
    rule_title = models.CharField(max_length=300, blank=True, default="")
    submitted_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = person(null=True)

    class Meta:
        db_table = "care_plan"
        constraints = [
            models.UniqueConstraint(fields=["case", "version"], name="care_plan_version"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(state="approved"), name="care_plan_in_force"
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(state__in=["draft", "submitted", "returned"]),
                name="care_plan_one_open",
            ),
            models.CheckConstraint(
                name="care_plan_two_people",
                condition=Q(decided_by=None) | ~Q(decided_by=F("by")),
            ),
        ]  # fmt: skip


class Service(OfCase):
    """Something to be done for the child until a day, and what came of it."""

    kind = word(rules.Service)
    area = word(rules.Area)
    due_on = models.DateField()
    done_on = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    outcome = word(rules.Outcome, blank=True, default="")
    called_off_at = models.DateTimeField(null=True)
    words = models.BinaryField(null=True, help_text="SITUATION: what is to be done.")
    result = models.BinaryField(null=True, help_text="SITUATION: what came of it.")
    rule = models.CharField(max_length=12, blank=True, default="", help_text="Public id (AID-4).")
    rule_title = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        db_table = "care_service"


class Review(OfCase):
    """How the plan has helped, looked at together."""

    held_on = models.DateField()
    next_on = models.DateField(null=True)
    outcome = word(rules.Outcome)
    words = models.BinaryField(help_text="SITUATION.")

    class Meta:
        db_table = "care_review"


class Milestone(OfCase):
    """A step of guardianship and its day (AID-7)."""

    kind = word(rules.Milestone)
    reached_on = models.DateField()

    class Meta:
        db_table = "care_milestone"
        constraints = [models.UniqueConstraint(fields=["case", "kind"], name="care_milestone_once")]


class Contact(OfCase):
    """What was heard about the parents' contact in a week (Minors Law 22).

    ``spoke_on`` is None where it was asked and there was none.
    """

    week_on = models.DateField(help_text="The week's Monday.")
    spoke_on = models.DateField(null=True)
    way = word(rules.Way)

    class Meta:
        db_table = "care_contact"
        constraints = [
            models.UniqueConstraint(fields=["case", "week_on"], name="care_contact_week")
        ]


class Liaison(OfCase):
    """A visit or call between home and school (AID-6), or about a child that stays away (AID-3).

    ``reached`` tells a contact from a try. ``words`` is None where a counsellor noted it.
    """

    kind = word(rules.Liaison)
    held_on = models.DateField()
    reached = models.BooleanField()
    words = models.BinaryField(null=True, help_text="SITUATION.")

    class Meta:
        db_table = "care_liaison"


class Referral(OfCase):
    """A child was referred to another body: what for, what it was told by whose leave, its answer.

    The case stays where it is. The row outlives the words, for who was told what is kept (PIPL 55-56).
    """

    body = word(Body)
    kind = word(rules.Service)
    referred_on = models.DateField()
    words = models.BinaryField(null=True, help_text="SITUATION: the reason.")
    passed = ArrayField(models.CharField(max_length=10), default=list)
    leave = word(Leave, blank=True, default="")
    agreed_on = models.DateField(null=True)
    answer_by = models.DateField(help_text="Until when an answer was agreed on.")
    answer = word(Answer, blank=True, default="")
    answered_on = models.DateField(null=True)
    result = models.BinaryField(null=True, help_text="SITUATION: what came of it.")
    ended_at = models.DateTimeField(null=True, help_text="Answered for good, or taken back.")

    class Meta:
        db_table = "care_referral"
        constraints = [
            models.CheckConstraint(
                name="care_referral_leave",
                condition=Q(passed__len=0, leave="")
                | Q(passed__len__gt=0, leave="danger", agreed_on=None)
                | Q(passed__len__gt=0, leave__in=["guardian", "both"], agreed_on__isnull=False),
            )
        ]


class OfChild(models.Model):
    """Something of a child that needs no case."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    child = models.ForeignKey("vault.Child", on_delete=models.PROTECT, related_name="+")
    by = person()
    at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.public_id


class Report(OfChild):
    """A report of duty: who was told of harm or danger, by whom, when. Stays (Minors Law 11).

    ``words`` are sealed under a class that the reporter's part opens, named in ``sealed_as``.
    """

    told = ArrayField(models.CharField(max_length=14))
    told_at = models.DateTimeField()
    words = models.BinaryField(null=True)
    sealed_as = models.CharField(max_length=10, blank=True, default="")

    class Meta:
        db_table = "care_report"
        constraints = [
            models.CheckConstraint(name="care_report_told", condition=Q(told__len__gt=0)),
        ]


class Seen(models.Model):
    """An office has seen a report of duty."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    by = person()
    at = models.DateTimeField()

    class Meta:
        db_table = "care_seen"
        constraints = [models.UniqueConstraint(fields=["report", "by"], name="care_seen_once")]

    def __str__(self) -> str:
        return f"report {self.report_id} seen"


class Talk(OfChild):
    """That a talk took place: all that others than the counsellor ever see of it (AID-3)."""

    kind = word(rules.Talk)
    held_on = models.DateField()
    urgency = word(Urgency, blank=True, default="", help_text="Held before anybody agreed.")

    class Meta:
        db_table = "care_talk"
        indexes = [
            models.Index(fields=["child"], condition=~Q(urgency=""), name="care_talk_urgent")
        ]


class Note(models.Model):
    """A counsellor's own notes of a talk (TALKS). A successor reads what was handed over, only."""

    talk = models.OneToOneField(Talk, on_delete=models.CASCADE, related_name="note")
    child = models.ForeignKey("vault.Child", on_delete=models.PROTECT, related_name="+")
    by = person()
    words = models.BinaryField()
    handed_to = person(null=True)

    class Meta:
        db_table = "care_note"

    def __str__(self) -> str:
        return f"note of talk {self.talk_id}"


class Look(models.Model):
    """Somebody above has looked at what was done without a consent: a talk or a referral. Once is enough."""

    child = models.ForeignKey("vault.Child", on_delete=models.PROTECT, related_name="+")
    talk = models.OneToOneField(Talk, null=True, on_delete=models.CASCADE, related_name="look")
    referral = models.OneToOneField(
        Referral, null=True, on_delete=models.CASCADE, related_name="look"
    )
    by = person()
    at = models.DateTimeField()

    class Meta:
        db_table = "care_look"
        constraints = [
            models.CheckConstraint(
                name="care_look_at_one",
                condition=Q(talk=None, referral__isnull=False)
                | Q(talk__isnull=False, referral=None),
            )
        ]

    def __str__(self) -> str:
        return f"look at {self.talk_id or self.referral_id}"


class Ticket(OfChild):
    """A timely problem, put to the office without a name; ``words`` and ``answer`` are plain."""

    topic = word(rules.Topic)
    words = models.CharField(max_length=rules.LONGEST_QUESTION)
    answer = models.CharField(max_length=rules.LONGEST_QUESTION, blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    answered_by = person(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "care_ticket"
        indexes = [
            models.Index(fields=["child"], condition=Q(closed_at=None), name="care_ticket_open")
        ]
