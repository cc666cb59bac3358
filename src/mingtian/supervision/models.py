"""Tables of supervision: what was looked at, who is called, what is asked, who visits a school."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from mingtian.core.ids import public_id
from mingtian.supervision.rules import COMPARING, Cause, Stage, State, Visiting, Why


def _choices(values: object) -> list[tuple[str, str]]:
    return [(one.value, one.value) for one in values]  # type: ignore[attr-defined]


def _somebody() -> models.ForeignKey[object, object]:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )


def _unit() -> models.ForeignKey[object, object]:
    return models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")


class Look(models.Model):
    """An evening was looked at for one stage; once, whoever ticks."""

    lecture = models.ForeignKey("campaigns.Lecture", on_delete=models.CASCADE, related_name="+")
    stage = models.CharField(max_length=6, choices=_choices(Stage))
    looked_at = models.DateTimeField()

    class Meta:
        db_table = "supervision_look"
        constraints = [
            models.UniqueConstraint(fields=["lecture", "stage"], name="supervision_look_once")
        ]

    def __str__(self) -> str:
        return f"look {self.stage} of {self.lecture_id}"


class Mark(models.Model):
    """What a unit counted at one stage of an evening, beside its earlier evenings (STA-3).

    While a lecture runs: persons watching in one minute. After it: persons who came. ``before``
    is the evening before; ``usual``, ``low`` and ``high`` are the band; all null on a unit's first
    evening.
    """

    lecture = models.ForeignKey("campaigns.Lecture", on_delete=models.CASCADE, related_name="+")
    unit = _unit()
    stage = models.CharField(max_length=6, choices=_choices(COMPARING))
    value = models.PositiveIntegerField()
    before = models.PositiveIntegerField(null=True)
    usual = models.PositiveIntegerField(null=True)
    low = models.PositiveIntegerField(null=True)
    high = models.PositiveIntegerField(null=True)

    class Meta:
        db_table = "supervision_mark"
        constraints = [
            models.UniqueConstraint(
                fields=["lecture", "unit", "stage"], name="supervision_mark_once"
            )
        ]

    def __str__(self) -> str:
        return f"mark {self.pk}"


class ContactTask(models.Model):
    """The unit directly above calls a unit and asks whether it needs help (STA-3, SUP-3).

    ``owner`` calls ``about``; one call for each reason and evening, whatever else falls. It may be
    handed to a colleague (``given_to``) or to the unit itself (``given_below``). Settled by itself
    when a silent unit confirms: then ``done_at`` without ``cause``.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    lecture = models.ForeignKey("campaigns.Lecture", on_delete=models.PROTECT, related_name="+")
    about = _unit()
    owner = _unit()
    why = models.CharField(max_length=6, choices=_choices(Why))
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    taken_by = _somebody()
    taken_at = models.DateTimeField(null=True)
    given_to = _somebody()
    given_below = models.BooleanField(default=False)
    cause = models.CharField(max_length=13, blank=True, default="", choices=_choices(Cause))
    words = models.CharField(max_length=300, blank=True, default="")
    done_by = _somebody()
    done_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "supervision_contact_task"
        indexes = [models.Index(fields=["owner", "done_at"], name="supervision_task_of_owner")]
        constraints = [
            models.UniqueConstraint(
                fields=["lecture", "about", "why"], name="supervision_task_once"
            )
        ]

    def __str__(self) -> str:
        return f"contact task {self.public_id}"


class Alert(models.Model):
    """A fall below the band: once for each lecture, unit and stage. Becomes a contact task."""

    lecture = models.ForeignKey("campaigns.Lecture", on_delete=models.PROTECT, related_name="+")
    unit = _unit()
    stage = models.CharField(max_length=6, choices=_choices(COMPARING))
    value = models.PositiveIntegerField()
    before = models.PositiveIntegerField()
    usual = models.PositiveIntegerField()
    low = models.PositiveIntegerField()
    raised_at = models.DateTimeField()
    task = models.ForeignKey(ContactTask, on_delete=models.PROTECT, related_name="alerts")

    class Meta:
        db_table = "supervision_alert"
        constraints = [
            models.UniqueConstraint(
                fields=["lecture", "unit", "stage"], name="supervision_alert_once"
            )
        ]

    def __str__(self) -> str:
        return f"alert {self.pk}"


class Ticket(models.Model):
    """A problem at a unit, and what became of it (STA-4).

    ``office`` answers: the unit directly above ``about`` that answers tickets, or the next one to
    which that passed it up, at ``passed_at``. ``given_to`` and ``given_below`` as of contact tasks.
    Response time: from ``opened_at``, or from ``passed_at``, to ``answered_at``.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    lecture = models.ForeignKey(
        "campaigns.Lecture", null=True, on_delete=models.PROTECT, related_name="+"
    )
    about = _unit()
    office = _unit()
    task = models.OneToOneField(
        ContactTask, null=True, on_delete=models.PROTECT, related_name="ticket"
    )
    cause = models.CharField(max_length=13, choices=_choices(Cause))
    words = models.CharField(max_length=300)
    state = models.CharField(max_length=8, default=State.OPEN.value, choices=_choices(State))
    opened_by = _somebody()
    opened_at = models.DateTimeField()
    passed_at = models.DateTimeField(null=True)
    given_to = _somebody()
    given_below = models.BooleanField(default=False)
    answer = models.CharField(max_length=300, blank=True, default="")
    answered_by = _somebody()
    answered_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=300, blank=True, default="")
    solved_by = _somebody()
    solved_at = models.DateTimeField(null=True)
    closed_by = _somebody()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "supervision_ticket"
        indexes = [
            models.Index(fields=["office", "state"], name="supervision_ticket_of_office"),
            models.Index(fields=["about", "opened_at"], name="supervision_ticket_about"),
        ]

    def __str__(self) -> str:
        return f"ticket {self.public_id}"

    @property
    def asked_at(self) -> datetime:
        """From when the office that holds it is asked."""
        return self.passed_at or self.opened_at


class Passing(models.Model):
    """A ticket went from an office to the one above it, with why; at most once from each.

    ``answer`` and what stands with it: what the office below had said, when it had.
    """

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="passings")
    office = _unit()
    above = _unit()
    words = models.CharField(max_length=300)
    passed_by = _somebody()
    passed_at = models.DateTimeField()
    answer = models.CharField(max_length=300, blank=True, default="")
    answered_by = _somebody()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "supervision_passing"
        constraints = [
            models.UniqueConstraint(fields=["ticket", "office"], name="supervision_passing_once")
        ]

    def __str__(self) -> str:
        return f"passing {self.pk}"


class Visit(models.Model):
    """A visit to a school (SUP-2). ``year`` is what the yearly cap counts by.

    ``role`` is the post in which the visitor comes. A visit that was called off is kept and counts
    for nothing.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    school = _unit()
    visitor = _unit()
    role = models.CharField(max_length=13)
    kind = models.CharField(max_length=13, choices=_choices(Visiting))
    visits_at = models.DateTimeField()
    year = models.PositiveSmallIntegerField()
    announced_on = models.DateField(null=True)
    purpose = models.CharField(max_length=300, blank=True, default="")
    planned_by = _somebody()
    planned_at = models.DateTimeField()
    findings = models.CharField(max_length=300, blank=True, default="")
    found_by = _somebody()
    found_at = models.DateTimeField(null=True)
    called_off_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "supervision_visit"
        indexes = [models.Index(fields=["school", "visits_at"], name="supervision_visit_of")]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "year"],
                condition=Q(kind=Visiting.COMPREHENSIVE.value, called_off_at__isnull=True),
                name="supervision_visit_yearly_cap",
            ),
            models.UniqueConstraint(
                fields=["school", "visitor", "visits_at"],
                condition=Q(called_off_at__isnull=True),
                name="supervision_visit_once",
            ),
        ]

    def __str__(self) -> str:
        return f"visit {self.public_id}"


class FollowUp(models.Model):
    """What a visit leaves to be done, by whom and until when."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="follow_ups")
    owner = _unit()
    words = models.CharField(max_length=300)
    due_on = models.DateField()
    done_by = _somebody()
    done_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "supervision_follow_up"
        indexes = [models.Index(fields=["owner", "done_at"], name="supervision_follow_up_of")]
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "owner", "words"], name="supervision_follow_up_once"
            )
        ]

    def __str__(self) -> str:
        return f"follow-up {self.public_id}"
