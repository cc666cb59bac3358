"""Tables of meetings, of what they resolved, and of talks with other offices.

``once`` is the key that a form brings along: the same form sent twice makes one row.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from mingtian.core.ids import public_id
from mingtian.meetings.rules import LONGEST_LINE, LONGEST_TITLE, LONGEST_WORDS, Kind, State, Way

ONCE = 12


class Meeting(models.Model):
    """A meeting of a unit, planned or held.

    ``chair`` is an office ("principal"), not a person. ``attended`` says how many came in which
    role, ``people`` is their sum; a meeting has been held when somebody came. The document it
    was about is one of this installation, or an outside one's number in words. ``revision`` tells
    whether somebody else has changed the meeting since a form was opened.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    once = models.CharField(max_length=ONCE)
    kind = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Kind])
    title = models.CharField(max_length=LONGEST_TITLE)
    held_at = models.DateTimeField()
    place = models.CharField(max_length=LONGEST_WORDS, blank=True, default="")
    chair = models.CharField(max_length=LONGEST_WORDS, blank=True, default="")
    partners = models.CharField(max_length=LONGEST_WORDS, blank=True, default="")
    attended = models.JSONField(default=dict)
    people = models.PositiveIntegerField(default=0)
    staff = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    agenda = models.TextField(blank=True, default="")
    minutes = models.TextField(blank=True, default="")
    minutes_at = models.DateTimeField(null=True, blank=True)
    campaign = models.ForeignKey(
        "campaigns.Campaign", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    document = models.ForeignKey(
        "documents.Document", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    document_words = models.CharField(max_length=LONGEST_WORDS, blank=True, default="")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    recorded_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)
    called_off_at = models.DateTimeField(null=True, blank=True)
    called_off_why = models.CharField(max_length=LONGEST_LINE, blank=True, default="")

    class Meta:
        db_table = "meetings_meeting"
        indexes = [models.Index(fields=["unit", "-held_at"], name="meetings_of_unit")]
        constraints = [
            models.UniqueConstraint(fields=["unit", "once"], name="meetings_meeting_once")
        ]

    def __str__(self) -> str:
        return f"meeting {self.public_id}"


class Resolution(models.Model):
    """What a meeting resolved, numbered from 1 within it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="resolutions")
    number = models.PositiveSmallIntegerField()
    once = models.CharField(max_length=ONCE)
    text = models.CharField(max_length=LONGEST_LINE)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "meetings_resolution"
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "number"], name="meetings_resolution_number"
            ),
            models.UniqueConstraint(fields=["meeting", "once"], name="meetings_resolution_once"),
        ]

    def __str__(self) -> str:
        return f"resolution {self.number} of {self.meeting_id}"


class Talk(models.Model):
    """A talk of one of the unit's posts with another body (ORG-4).

    ``post`` is the own role, ``with_whom`` the other body, ``with_role`` whom of it: offices,
    not persons.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    once = models.CharField(max_length=ONCE)
    post = models.CharField(max_length=LONGEST_WORDS)
    with_whom = models.CharField(max_length=LONGEST_WORDS)
    with_role = models.CharField(max_length=LONGEST_WORDS, blank=True, default="")
    held_at = models.DateTimeField()
    way = models.CharField(max_length=9, choices=[(one.value, one.value) for one in Way])
    agreed = models.TextField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "meetings_talk"
        indexes = [models.Index(fields=["unit", "-held_at"], name="meetings_talks_of_unit")]
        constraints = [models.UniqueConstraint(fields=["unit", "once"], name="meetings_talk_once")]

    def __str__(self) -> str:
        return f"talk {self.public_id}"


class FollowUp(models.Model):
    """What somebody is to do after a resolution or a talk, and until when.

    ``unit`` is the one that resolved it. It is owned by a unit, and there by one person of staff
    if one was named.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    resolution = models.ForeignKey(
        Resolution, null=True, blank=True, on_delete=models.PROTECT, related_name="follow_ups"
    )
    talk = models.ForeignKey(
        Talk, null=True, blank=True, on_delete=models.PROTECT, related_name="follow_ups"
    )
    once = models.CharField(max_length=ONCE)
    what = models.CharField(max_length=LONGEST_LINE)
    owner = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    due_on = models.DateField()
    state = models.CharField(
        max_length=9, choices=[(one.value, one.value) for one in State], default=State.OPEN.value
    )
    said = models.CharField(max_length=LONGEST_LINE, blank=True, default="")
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "meetings_follow_up"
        indexes = [
            models.Index(fields=["owner", "due_on"], name="meetings_follow_ups_owned"),
            models.Index(fields=["unit", "due_on"], name="meetings_follow_ups_set"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["unit", "once"], name="meetings_follow_up_once"),
            models.CheckConstraint(
                name="meetings_follow_up_of_one",
                condition=Q(resolution__isnull=False, talk__isnull=True)
                | Q(resolution__isnull=True, talk__isnull=False),
            ),
            models.CheckConstraint(
                name="meetings_follow_up_settled",
                condition=Q(state=State.OPEN.value, settled_at__isnull=True)
                | (
                    Q(state__in=[State.DONE.value, State.WITHDRAWN.value])
                    & Q(settled_at__isnull=False)
                    & ~Q(said="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"follow-up {self.public_id}"
