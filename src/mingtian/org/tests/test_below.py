"""What stands below a path, in one piece for every sum, at the price of writing it out."""

from datetime import date, timedelta

import pytest
from django.db import connection

from mingtian.org.actions import close_unit
from mingtian.org.queries import path_on
from mingtian.org.rules import Line
from mingtian.testing.make import ACTOR, DAY, NOW, Tree, make_tree

WRITTEN_OUT = """
    SELECT p.unit_id,
           CASE WHEN nlevel(p.path) > nlevel(%(path)s::ltree)
                THEN subpath(p.path, nlevel(%(path)s::ltree), 1)::text::integer END AS child
    FROM org_placement AS p
    WHERE p.line = %(line)s AND p.path <@ %(path)s::ltree
      AND p.starts_on <= %(day)s AND (p.ends_on IS NULL OR p.ends_on > %(day)s)
"""
ASKED = "SELECT unit_id, child FROM org_below(%(line)s, %(path)s::ltree, %(day)s)"


@pytest.fixture
def tree(db: None) -> Tree:
    return make_tree()


def below(
    unit_id: int, line: Line, days: int = 0, statement: str = ASKED
) -> list[tuple[int, int | None]]:
    path = ".".join(map(str, path_on(unit_id, DAY, line)))
    values: dict[str, str | date] = {"line": line, "path": path, "day": DAY + timedelta(days=days)}
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return sorted(cursor.fetchall(), key=str)


@pytest.mark.parametrize("line", Line)
def test_it_returns_what_the_written_out_condition_returns(tree: Tree, line: Line) -> None:
    top = tree.county if line is Line.LEADS else tree.county_education

    found = below(top.pk, line)

    assert found == below(top.pk, line, statement=WRITTEN_OUT)
    assert (top.pk, None) in found
    assert (tree.class_one.pk, None) not in found


def test_what_has_closed_stands_there_no_more(tree: Tree) -> None:
    close_unit(unit=tree.class_one, on=DAY + timedelta(days=1), actor=ACTOR, now=NOW)

    assert tree.class_one.pk in dict(below(tree.school.pk, Line.LEADS))
    assert tree.class_one.pk not in dict(below(tree.school.pk, Line.LEADS, days=1))


def test_the_planner_reads_it_as_if_it_were_written_out(tree: Tree) -> None:
    """Otherwise it would be a black box of a thousand rows, and boards would wait for it."""
    plan = below(tree.city.pk, Line.LEADS, statement=f"EXPLAIN {ASKED}")

    assert plan == below(tree.city.pk, Line.LEADS, statement=f"EXPLAIN {WRITTEN_OUT}")
    assert "org_below" not in str(plan)
