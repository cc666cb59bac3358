"""What the pages of supervision share."""

from mingtian.core.errors import RuleBroken


def status(refusal: RuleBroken | None) -> int:
    """Return the status of a page that is shown again."""
    return 422 if refusal else 200
