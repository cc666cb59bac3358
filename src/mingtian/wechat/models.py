"""The one table of this module: which phone account of WeChat took which seat."""

from django.db import models


class PhoneSeat(models.Model):
    """A seat that was taken on the phone of a WeChat account, at the family's wish.

    ``account`` is a keyed hash of the openid, which is kept nowhere.
    """

    account = models.BinaryField()
    household = models.ForeignKey("people.Household", on_delete=models.CASCADE, related_name="+")
    seat = models.BigIntegerField()
    remembered_at = models.DateTimeField()

    class Meta:
        db_table = "wechat_phone_seat"
        constraints = [
            models.UniqueConstraint(fields=["account", "seat"], name="wechat_seat_once"),
        ]

    def __str__(self) -> str:
        return f"seat {self.seat}"
