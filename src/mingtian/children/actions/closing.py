"""A file is closed where no case closes it, and opened again; from closing on its term runs (PIPL 19)."""

from mingtian.children.rows import ChildRow
from mingtian.children.rules import Closing
from mingtian.vault import actions as vault
from mingtian.vault.access import Door
from mingtian.vault.rules import FileState


def close_file(door: Door, child: ChildRow, why: Closing) -> bool:
    """Close the child's file; says whether that is new.

    A child with an open case is refused: its case is closed first, and the file with it
    (``care_case_still_open``). Pairs end in the night; aid that was granted is still paid.
    """
    return vault.close_file(door, child.id, why=why.value)


def reopen_file(door: Door, child: ChildRow) -> bool:
    """Open the file again, so that nothing is erased; says whether that is new."""
    return vault.set_state(door, child.id, FileState.OPEN)
