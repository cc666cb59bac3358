"""Pages of the liaison groups."""

from mingtian.groups.views.boards import board, decide, entry, tip, tips, tips_file, withdraw
from mingtian.groups.views.posting import (
    acknowledge,
    compose,
    forward,
    paste,
    post,
    posts,
    receipts,
)
from mingtian.groups.views.register import (
    change,
    close,
    group,
    lists,
    new,
    own,
    register,
    register_file,
    remove_list,
)
from mingtian.groups.views.robots import remove_robot, robot

__all__ = [
    "acknowledge",
    "board",
    "change",
    "close",
    "compose",
    "decide",
    "entry",
    "forward",
    "group",
    "lists",
    "new",
    "own",
    "paste",
    "post",
    "posts",
    "receipts",
    "register",
    "register_file",
    "remove_list",
    "remove_robot",
    "robot",
    "tip",
    "tips",
    "tips_file",
    "withdraw",
]
