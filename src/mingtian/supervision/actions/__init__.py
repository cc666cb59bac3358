"""Changes of supervision: looks, calls, tickets, visits."""

from mingtian.supervision.actions.contacts import Said, finish, give, take
from mingtian.supervision.actions.look import look, look_around, settle
from mingtian.supervision.actions.tickets import (
    Problem,
    answer,
    close,
    give_ticket,
    open_ticket,
    pass_up,
    solve,
)
from mingtian.supervision.actions.visits import (
    Plan,
    ToDo,
    call_off,
    do_follow_up,
    follow_up,
    keep_findings,
    plan_visit,
)

__all__ = [
    "Plan",
    "Problem",
    "Said",
    "ToDo",
    "answer",
    "call_off",
    "close",
    "do_follow_up",
    "finish",
    "follow_up",
    "give",
    "give_ticket",
    "keep_findings",
    "look",
    "look_around",
    "open_ticket",
    "pass_up",
    "plan_visit",
    "settle",
    "solve",
    "take",
]
