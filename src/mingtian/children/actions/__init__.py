"""Changes of the register."""

from mingtian.children.actions.categories import end_category, note_category
from mingtian.children.actions.closing import close_file, reopen_file
from mingtian.children.actions.consents import ConsentSpec, note_consent, withdraw_consent
from mingtian.children.actions.correcting import Correction, add_guardian, correct, end_guardian
from mingtian.children.actions.moving import move
from mingtian.children.actions.registering import Registered, register, register_many
from mingtian.children.actions.staying import settle
from mingtian.children.actions.taking_out import note_taken_out
from mingtian.children.actions.taking_up import take_up
from mingtian.children.actions.terms import Ended, end_terms
from mingtian.children.spec import CategorySpec, ChildSpec, Facts, GuardianSpec, Home

__all__ = [
    "CategorySpec",
    "ChildSpec",
    "ConsentSpec",
    "Correction",
    "Ended",
    "Facts",
    "GuardianSpec",
    "Home",
    "Registered",
    "add_guardian",
    "close_file",
    "correct",
    "end_category",
    "end_guardian",
    "end_terms",
    "move",
    "note_category",
    "note_consent",
    "note_taken_out",
    "register",
    "register_many",
    "reopen_file",
    "settle",
    "take_up",
    "withdraw_consent",
]
