"""Children of lists, by name for clerks and cashiers and by number for everybody else."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

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


@dataclass(frozen=True, kw_only=True, slots=True)
class Sight:
    """What the person at the door sees of children; one that has moved away is not among them.

    ``numbers`` of all in sight; ``mine`` are those whose names open, because the person keeps their lists.
    """

    numbers: Mapping[int, str]
    mine: Collection[int]


def sight_of(children: Iterable[int]) -> Sight:
    """Return what is in sight of these children. Opens nothing; one statement."""
    found = rows("sight", {"children": sorted(set(children))})
    return Sight(
        numbers={child: number for child, number, _ in found},
        mine=[child for child, _, mine in found if mine],
    )


def names_mine(door: Door, seen: Sight) -> dict[int, str]:
    """Return the names of those children whose lists the person at the door keeps."""
    return names(door, seen.mine)
