"""Tables of the liaison groups. No table holds a member or a message of a group."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from mingtian.core.ids import public_id
from mingtian.groups.rules import Audience, Board, Called, EntryState, Platform, Vendor
from mingtian.org.rules import Line, Role


class Group(models.Model):
    """A liaison group (GRP-1). It belongs to a unit and reaches units below along ``line``.

    ``kinds`` are the kinds of units that are in it. Its own QR code, if it has one, opens it
    until ``code_expires_on``.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    line = models.CharField(max_length=6, choices=[(one.value, one.value) for one in Line])
    name = models.CharField(max_length=60)
    purpose = models.CharField(max_length=200)
    platform = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Platform])
    audience = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Audience])
    kinds = ArrayField(models.CharField(max_length=16))
    size = models.PositiveSmallIntegerField()
    in_charge = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    in_charge_role = models.CharField(
        max_length=24, blank=True, default="", choices=[(one.value, one.value) for one in Role]
    )
    code_expires_on = models.DateField(null=True, blank=True)
    closes_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        db_table = "groups_group"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name"],
                condition=Q(closed_on__isnull=True),
                name="groups_group_name_once",
            )
        ]

    def __str__(self) -> str:
        return f"group {self.public_id}"


class DistributionList(models.Model):
    """Groups that a unit chose to post to together (GRP-2)."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    groups = models.ManyToManyField(Group, related_name="+", db_table="groups_list_group")
    created_at = models.DateTimeField()

    class Meta:
        db_table = "groups_list"
        constraints = [
            models.UniqueConstraint(fields=["unit", "name"], name="groups_list_name_once")
        ]

    def __str__(self) -> str:
        return f"list {self.public_id}"


class Post(models.Model):
    """Something posted once, for one or several groups. ``source`` names what it came from."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=80, unique=True)
    title = models.CharField(max_length=60, blank=True, default="")
    text = models.CharField(max_length=300)
    link = models.CharField(max_length=300, blank=True, default="")
    image = models.CharField(max_length=200, blank=True, default="")
    asks = models.BooleanField(default=False)
    posted_at = models.DateTimeField()
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        db_table = "groups_post"
        indexes = [models.Index(fields=["unit", "-posted_at"], name="groups_post_of_unit")]

    def __str__(self) -> str:
        return f"post {self.public_id}"


class Delivery(models.Model):
    """A post on its way into one group: pasted by hand, or said by the group's robot.

    ``forwarded_by`` is the unit that passed it on into a group of its own (GRP-3).
    """

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    forwarded_by = models.ForeignKey(
        "org.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    pasted_at = models.DateTimeField(null=True, blank=True)
    pasted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    robot = models.CharField(
        max_length=8, default=Called.NONE.value, choices=[(one.value, one.value) for one in Called]
    )
    robot_calls = models.PositiveSmallIntegerField(default=0)
    robot_next_at = models.DateTimeField(null=True, blank=True)
    robot_code = models.CharField(max_length=24, blank=True, default="")
    robot_done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "groups_delivery"
        constraints = [
            models.UniqueConstraint(fields=["post", "group"], name="groups_delivery_once")
        ]
        indexes = [
            models.Index(
                fields=["robot_next_at"], condition=Q(robot="due"), name="groups_delivery_due"
            )
        ]

    def __str__(self) -> str:
        return f"delivery {self.pk}"


class Robot(models.Model):
    """The robot of a group. Address and secret are sealed; whoever has them can post there."""

    group = models.OneToOneField(
        Group, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    vendor = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Vendor])
    address_sealed = models.BinaryField()
    secret_sealed = models.BinaryField(null=True)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        db_table = "groups_robot"

    def __str__(self) -> str:
        return f"robot of {self.group_id}"


class RobotCall(models.Model):
    """One call of a robot, written before it is made: each call has its own number once.

    The calls of the last minute are what the vendor's limit is counted from.
    """

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="+")
    called_at = models.DateTimeField()
    outcome = models.CharField(max_length=8, blank=True, default="")
    code = models.CharField(max_length=24, blank=True, default="")

    class Meta:
        db_table = "groups_robot_call"
        constraints = [
            models.UniqueConstraint(fields=["delivery", "number"], name="groups_robot_call_once")
        ]
        indexes = [models.Index(fields=["group", "called_at"], name="groups_robot_call_of")]

    def __str__(self) -> str:
        return f"call {self.number} for {self.delivery_id}"


class Acknowledgement(models.Model):
    """A unit says that it has read a post."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    acknowledged_at = models.DateTimeField()
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        db_table = "groups_acknowledgement"
        constraints = [
            models.UniqueConstraint(fields=["post", "unit"], name="groups_acknowledgement_once")
        ]

    def __str__(self) -> str:
        return f"acknowledgement {self.pk}"


class Entry(models.Model):
    """Something a unit wrote on a board of a group; nobody else sees it before the owner has.

    ``version`` counts its texts: what is shown is what was read. ``tip_at`` puts it on the sheet
    of tips (COD-2).
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    board = models.CharField(max_length=7, choices=[(one.value, one.value) for one in Board])
    text = models.CharField(max_length=500)
    version = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(
        max_length=9, choices=[(one.value, one.value) for one in EntryState], default="waiting"
    )
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    tip_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "groups_entry"
        indexes = [models.Index(fields=["group", "board", "-written_at"], name="groups_entry_of")]

    def __str__(self) -> str:
        return f"entry {self.public_id}"
