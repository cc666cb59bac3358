"""Changes of protected children."""

from mingtian.vault.actions.admitting import (
    Admission,
    Admitted,
    admit,
    admit_many,
    close_file,
    move,
    set_state,
)
from mingtian.vault.actions.erasing import carry_out_erasures, erase, replay
from mingtian.vault.actions.parts import end_parts, end_source, give_part, give_parts
from mingtian.vault.actions.requests import (
    ask_to_erase,
    ask_to_read,
    break_glass,
    decide,
    review,
)

__all__ = [
    "Admission",
    "Admitted",
    "admit",
    "admit_many",
    "ask_to_erase",
    "ask_to_read",
    "break_glass",
    "carry_out_erasures",
    "close_file",
    "decide",
    "end_parts",
    "end_source",
    "erase",
    "give_part",
    "give_parts",
    "move",
    "replay",
    "review",
    "set_state",
]
