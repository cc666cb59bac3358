"""Tables of invitations to a post, failed tries and hand-overs."""

from datetime import datetime

from django.conf import settings
from django.db import models

from mingtian.core.ids import public_id
from mingtian.org.rules import Line, Role
from mingtian.staff.rules import State, state_of

ROLES = [(role.value, role.value) for role in Role]
LINES = [(line.value, line.value) for line in Line]


class Invitation(models.Model):
    """A post at a unit that waits for somebody to take it up.

    ``secret_hash`` is of the link, ``word_hash`` of the six digits told by telephone; neither can
    be shown again. ``once`` is of the form, so that a double click invites once. ``made_by`` is
    empty for the first invitation of an installation. ``renews`` names the account whose holder has
    lost password or second factor: the post is then held already.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=24, choices=ROLES)
    line = models.CharField(max_length=6, choices=LINES)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    name = models.CharField(max_length=60)
    secret_hash = models.BinaryField(max_length=32, unique=True)
    word_hash = models.BinaryField(max_length=32)
    wrong_words = models.SmallIntegerField(default=0)
    once = models.CharField(max_length=32, unique=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    renews = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)
    used_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        db_table = "staff_invitation"
        indexes = [models.Index(fields=["unit", "expires_at"], name="staff_invitation_unit")]

    def __str__(self) -> str:
        return f"{self.role} {self.public_id}"

    def state(self, now: datetime) -> State:
        """Say how it stands at an instant."""
        return state_of(
            used_at=self.used_at,
            withdrawn_at=self.withdrawn_at,
            wrong_words=self.wrong_words,
            expires_at=self.expires_at,
            now=now,
        )


class Attempt(models.Model):
    """How often something has failed since an instant, and until when it is locked.

    ``key`` is a keyed hash: names that were typed and addresses cannot be read back.
    """

    key = models.BinaryField(max_length=16, primary_key=True)
    failures = models.IntegerField()
    since = models.DateTimeField()
    locked_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "staff_attempt"

    def __str__(self) -> str:
        return f"{self.failures} since {self.since:%Y-%m-%d %H:%M}"


class Handover(models.Model):
    """A post that passes to a successor on a day, with a note and what was open then.

    ``todos`` are the open things as the predecessor's desk named them. Until an invited successor
    has accepted, ``successor`` is empty.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    post = models.OneToOneField("org.Post", on_delete=models.PROTECT, related_name="+")
    successor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    invitation = models.OneToOneField(
        Invitation, null=True, on_delete=models.PROTECT, related_name="handover"
    )
    on = models.DateField()
    note = models.TextField(blank=True, default="")
    todos = models.JSONField(default=list)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()

    class Meta:
        db_table = "staff_handover"
        indexes = [models.Index(fields=["successor", "on"], name="staff_handover_successor")]

    def __str__(self) -> str:
        return f"hand-over {self.public_id}"
