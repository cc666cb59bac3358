"""Changes of groups: register and close, post, acknowledge, boards, robots."""

from mingtian.groups.actions.boards import decide, edit, set_tip, withdraw, write
from mingtian.groups.actions.posting import (
    To,
    acknowledge,
    forward,
    mark_pasted,
    send,
)
from mingtian.groups.actions.register import (
    change_group,
    close_group,
    make_list,
    register_group,
    remove_list,
)
from mingtian.groups.actions.robots import call_due, remove_robot, set_robot
from mingtian.groups.doer import Sender

__all__ = [
    "Sender",
    "To",
    "acknowledge",
    "call_due",
    "change_group",
    "close_group",
    "decide",
    "edit",
    "forward",
    "make_list",
    "mark_pasted",
    "register_group",
    "remove_list",
    "remove_robot",
    "send",
    "set_robot",
    "set_tip",
    "withdraw",
    "write",
]
