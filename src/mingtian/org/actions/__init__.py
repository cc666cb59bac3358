"""Writes to the unit tree, codes and posts.

Every change of the tree has a day on which it begins to hold; days before it stay as they
were. One change of the tree happens at a time: each holds the tree's lock to its commit.
"""

from mingtian.org.actions.change import close_unit, merge_units, rename_unit
from mingtian.org.actions.codes import PlaceCode, assign_code
from mingtian.org.actions.create import UnitSpec, create_tree, create_unit
from mingtian.org.actions.place import move_unit, place_unit
from mingtian.org.actions.posts import PostSpec, end_post, give_post

__all__ = [
    "PlaceCode",
    "PostSpec",
    "UnitSpec",
    "assign_code",
    "close_unit",
    "create_tree",
    "create_unit",
    "end_post",
    "give_post",
    "merge_units",
    "move_unit",
    "place_unit",
    "rename_unit",
]
