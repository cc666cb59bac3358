"""A table as an ORM user would make it."""

from django.db import models


class PlainBeat(models.Model):
    lecture = models.IntegerField()
    person = models.BigIntegerField()
    unit = models.IntegerField()
    kind = models.SmallIntegerField()
    live = models.BigIntegerField()
    replay = models.BigIntegerField()

    objects: models.Manager["PlainBeat"] = models.Manager()

    class Meta:
        app_label = "plain"
        constraints = [
            models.UniqueConstraint(fields=["lecture", "person"], name="plain_beat_once")
        ]

    def __str__(self) -> str:
        return f"{self.lecture} {self.person}"


class PlainComment(models.Model):
    lecture = models.IntegerField()
    person = models.BigIntegerField()
    unit = models.IntegerField()
    key = models.CharField(max_length=16)
    text_sealed = models.BinaryField()
    concerns = models.CharField(max_length=120)
    at = models.DateTimeField()

    objects: models.Manager["PlainComment"] = models.Manager()

    class Meta:
        app_label = "plain"
        constraints = [
            models.UniqueConstraint(fields=["lecture", "person", "key"], name="plain_comment_once")
        ]

    def __str__(self) -> str:
        return f"{self.lecture} {self.person} {self.key}"
