"""Tables of screenshots: whether a campaign takes them, and those waiting for the tally."""

from django.db import models

from mingtian.core.ids import public_id


class Switch(models.Model):
    """Whether families of a campaign may send screenshots. Without a row they may not."""

    campaign = models.OneToOneField(
        "campaigns.Campaign", on_delete=models.CASCADE, related_name="+", primary_key=True
    )
    on = models.BooleanField()
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=150)

    class Meta:
        db_table = "screenshots_switch"

    def __str__(self) -> str:
        return f"campaign {self.pk}: {'on' if self.on else 'off'}"


class Picture(models.Model):
    """A home's screenshot of one evening, for one class, until that class has been tallied.

    Re-encoded and sealed; holds no name. A home with children in two classes has a copy in
    each, so that each teacher's tally deletes only what that teacher sees.
    """

    public_id = models.CharField(max_length=12, default=public_id)
    lecture = models.ForeignKey("campaigns.Lecture", on_delete=models.CASCADE, related_name="+")
    household = models.ForeignKey("people.Household", on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    content_sealed = models.BinaryField()
    fingerprint = models.BinaryField()
    sent_at = models.DateTimeField()
    delete_at = models.DateTimeField()

    class Meta:
        db_table = "screenshots_picture"
        indexes = [models.Index(fields=["delete_at"], name="screenshots_delete_at")]
        constraints = [
            models.UniqueConstraint(fields=["public_id"], name="screenshots_public_id"),
            models.UniqueConstraint(
                fields=["lecture", "household", "unit"], name="screenshots_one_an_evening"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id
