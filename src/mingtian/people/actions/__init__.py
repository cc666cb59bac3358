"""Writes to households, persons and rosters."""

from mingtian.people.actions.batches import drop_batch, drop_expired_batches, open_batch
from mingtian.people.actions.households import (
    add_relative,
    found_household,
    leave,
    transfer_pupil,
)
from mingtian.people.actions.names import RosterNameRow, read_roster_name, read_roster_names
from mingtian.people.actions.rosters import (
    ImportResult,
    Roster,
    RosterPreview,
    commit_batch,
    import_roster,
    preview_batch,
    preview_roster,
    rejected_rows,
)
from mingtian.people.rosters.plan import Options

__all__ = [
    "ImportResult",
    "Options",
    "Roster",
    "RosterNameRow",
    "RosterPreview",
    "add_relative",
    "commit_batch",
    "drop_batch",
    "drop_expired_batches",
    "found_household",
    "import_roster",
    "leave",
    "open_batch",
    "preview_batch",
    "preview_roster",
    "read_roster_name",
    "read_roster_names",
    "rejected_rows",
    "transfer_pupil",
]
