"""Children of lists, by name for clerks and cashiers and by number for everybody else."""

from collections import defaultdict
from collections.abc import Collection

from mingtian.aid.statements import rows
from mingtian.children.queries import names
from mingtian.vault.access import Door


def fold_name(name: str) -> str:
    """Return the form in which two spellings of a name are one."""
    return "".join(name.split()).casefold()


def list_children_of(door: Door, unit_id: int) -> dict[str, list[int]]:
    """Return the children of a unit's lists by folded name.

    Their names are opened for it, each noted in the log: a list is compared with all of them.
    """
    ids = [child for (child,) in rows("children_of", {"unit": unit_id})]
    found: dict[str, list[int]] = defaultdict(list)
    for child, name in names(door, ids).items():
        found[fold_name(name)].append(child)
    return found


def names_mine(door: Door, children: Collection[int]) -> dict[int, str]:
    """Return the names of those children whose lists the person at the door keeps."""
    mine = [child for (child,) in rows("mine", {"children": list(children)})]
    return names(door, mine)
