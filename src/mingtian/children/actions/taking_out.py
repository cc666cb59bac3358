"""The register leaves the product in a file."""

from mingtian.core import audit
from mingtian.vault.access import Door


def note_taken_out(door: Door, *, children: int, form: str) -> None:
    """Write into the trail that somebody took out a list of so many children, without names."""
    audit.record(
        actor=door.username, action="children.taken_out", subject="child:many", now=door.now,
        children=children, form=form,
    )  # fmt: skip
