"""Changes of days: confirm, correct, answer, freeze."""

from mingtian.closings.actions.confirm import (
    Wish,
    answer,
    ask,
    ask_everywhere,
    confirm,
    correct,
    send_summary,
)
from mingtian.closings.actions.freeze import count_at_end, freeze

__all__ = [
    "Wish",
    "answer",
    "ask",
    "ask_everywhere",
    "confirm",
    "correct",
    "count_at_end",
    "freeze",
    "send_summary",
]
