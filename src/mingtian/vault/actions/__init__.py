"""Changes of protected children."""

from mingtian.vault.actions.admitting import Admission, Admitted, admit, admit_many, move, set_state
from mingtian.vault.actions.erasing import erase, replay
from mingtian.vault.actions.parts import end_parts, give_part

__all__ = [
    "Admission",
    "Admitted",
    "admit",
    "admit_many",
    "end_parts",
    "erase",
    "give_part",
    "move",
    "replay",
    "set_state",
]
