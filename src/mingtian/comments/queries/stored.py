"""Which messages of phones are stored, for the reconciliation of a drill."""

from mingtian.comments.models import Comment


def marks_stored(lecture_id: int) -> set[str]:
    """Return the marks of all messages of a lecture, as the phones made them."""
    keys = Comment.objects.filter(lecture=lecture_id).values_list("key", flat=True)
    return {f"{key + 2**63:016x}" for key in keys}
