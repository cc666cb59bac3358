"""Changes of pairs."""

from mingtian.pairs.actions.pairing import (
    PairSpec,
    end_pair,
    hand_over,
    pause_pair,
    resume_pair,
    set_beside,
    set_goals,
    set_rhythm,
    start_pair,
)
from mingtian.pairs.actions.settling import settle
from mingtian.pairs.actions.vetting import note_vetting, stop_helper
from mingtian.pairs.actions.visits import Told, look_at, tell_visit

__all__ = [
    "PairSpec",
    "Told",
    "end_pair",
    "hand_over",
    "look_at",
    "note_vetting",
    "pause_pair",
    "resume_pair",
    "set_beside",
    "set_goals",
    "set_rhythm",
    "settle",
    "start_pair",
    "stop_helper",
    "tell_visit",
]
