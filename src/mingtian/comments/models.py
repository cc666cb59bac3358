"""Tables of likes and comments. The intake writes likes and new comments by SQL of its own."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from mingtian.comments.rules import DigestState, State, ToldTo
from mingtian.core.ids import public_id

TOLD = [(one.value, one.value) for one in ToldTo]


class Like(models.Model):
    """One person's like of one lecture. Nothing sums these rows up (COM-2)."""

    pk = models.CompositePrimaryKey("lecture", "person")
    lecture = models.IntegerField()
    person = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        db_table = "comments_like"

    def __str__(self) -> str:
        return f"like of lecture {self.lecture}"


class Comment(models.Model):
    """What one person said at one lecture: a prepared phrase, or sealed words of the own.

    ``number`` counts the person's comments at the lecture, so a constraint holds the limit.
    ``key`` is the phone's own mark of a message: sent twice, it is stored once. ``house`` is
    the school (or township) whose people read it, at the time it was written. ``concerns``
    are words of rules.Concern.
    """

    pk = models.CompositePrimaryKey("lecture", "person", "number")
    lecture = models.IntegerField()
    person = models.BigIntegerField()
    number = models.SmallIntegerField()
    key = models.BigIntegerField()
    public_id = models.CharField(max_length=12)
    unit = models.IntegerField()
    house = models.IntegerField()
    kind = models.SmallIntegerField()
    kin = models.CharField(max_length=24)
    phrase = models.IntegerField(null=True)
    text_sealed = models.BinaryField(null=True)
    concerns = models.CharField(max_length=120)
    state = models.CharField(max_length=8, choices=[(one.value, one.value) for one in State])
    at = models.DateTimeField()
    decided_by = models.CharField(max_length=150, blank=True, default="")
    decided_at = models.DateTimeField(null=True, blank=True)
    told = ArrayField(models.CharField(max_length=14, choices=TOLD), default=list, blank=True)

    class Meta:
        db_table = "comments_comment"
        indexes = [
            models.Index(fields=["house", "lecture", "state"], name="comments_of_house"),
            # The queue of a class teacher, who answers for no house.
            models.Index(fields=["unit"], condition=models.Q(phrase=None), name="comments_of_unit"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["public_id"], name="comments_comment_public_id"),
            models.CheckConstraint(
                condition=models.Q(phrase__isnull=False, text_sealed__isnull=True)
                | models.Q(phrase__isnull=True, text_sealed__isnull=False),
                name="comments_comment_phrase_or_text",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class Phrase(models.Model):
    """A prepared phrase of one lecture. Never rewritten: a change retires it and adds another,
    so that what somebody said stays what it was."""

    lecture = models.ForeignKey("campaigns.Lecture", on_delete=models.CASCADE, related_name="+")
    place = models.SmallIntegerField()
    text = models.CharField(max_length=40)
    text_en = models.CharField(max_length=80)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "comments_phrase"

    def __str__(self) -> str:
        return self.text


class WordListVersion(models.Model):
    """One version of the list of words, whole. The highest number holds."""

    number = models.IntegerField(unique=True)
    text = models.TextField()
    note = models.CharField(max_length=120, blank=True, default="")
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "comments_word_list"

    def __str__(self) -> str:
        return f"version {self.number}"


class Digest(models.Model):
    """What a school's people said on one evening, without anybody's identity (COM-1).

    The draft is sealed: until a person has read it, something may have slipped through.
    """

    public_id = models.CharField(max_length=12, default=public_id, unique=True)
    lecture = models.ForeignKey("campaigns.Lecture", on_delete=models.PROTECT, related_name="+")
    house = models.ForeignKey("org.Unit", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=[(one.value, one.value) for one in DigestState])
    content_sealed = models.BinaryField()
    drafted_at = models.DateTimeField()
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "comments_digest"
        constraints = [
            models.UniqueConstraint(fields=["lecture", "house"], name="comments_one_digest"),
        ]

    def __str__(self) -> str:
        return self.public_id
