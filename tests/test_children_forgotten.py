"""Erased is gone: of a child about whom every module keeps something, only numbers stay (PIPL 47)."""

from itertools import product

import pytest
from django.db import connection

from mingtian.core.seal import SealBroken
from mingtian.testing.matrix import DURING, make_world
from mingtian.vault import actions, keystore
from mingtian.vault.access import keep
from mingtian.vault.models import Tombstone
from mingtian.vault.rules import FieldClass
from mingtian.vault.sealing import open_reason
from mingtian.vault.seals import ChildSeal
from tests.canaries import WORDS, Known, make_known
from tests.test_walls_around_children import CARE, asked, tables_naming_a_child

STAYS = {
    "aid_grant": "amounts paid, which the books hold; the payee is gone",
    "care_case": "a number with its days, for totals",
    "care_referral": "which body was told what kind of thing, by whose leave; what was said is gone",
    "care_report": "that a report of duty was made; its words are gone",
    "gifts_handover": "things that went out of the stock; who signed is gone",
    "vault_child": "the number and the day of the erasure",
    "vault_reach": "who could read until when",
    "vault_reading": "who has read",
    "vault_request": "who asked and who decided; the reason is gone",
    "vault_tombstone": "that it was erased",
}
"""Tables in which an erased child leaves a row, and what the row still says."""

NOT_OF_THE_CHILD = {
    "aid_upload": "a clerk's file between preview and taking over, an hour at most",
    "gifts_donor": "who gave",
    "vault_head": "the chain of the log",
    "vault_link": "the chain of the log",
}
"""Tables of these modules with bytes in them that do not come from a child's file."""


@pytest.fixture
def known(db: None) -> Known:
    return make_known(make_world())


def rows_of(child: Known, table: str) -> int:
    """Count a table's rows about the child, by key or by number."""
    columns = {str(row[0]) for row in asked(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0", table
    )}  # fmt: skip
    with keep("look"), connection.cursor() as cursor:
        if table == "vault_child":
            cursor.execute("SELECT count(*) FROM vault_child WHERE id = %s", [child.pk])
        elif table == "vault_tombstone":
            cursor.execute("SELECT count(*) FROM vault_tombstone WHERE child = %s", [child.number])
        else:
            column = "child_id" if "child_id" in columns else "child"
            cursor.execute(f'SELECT count(*) FROM {table} WHERE "{column}" = %s', [child.pk])
        (number,) = cursor.fetchone() or (0,)
    return int(number)


def sealed() -> dict[tuple[str, str], list[bytes]]:
    """Return what stands in every column of bytes of these modules, by table and column."""
    columns = asked(
        "SELECT table_name, column_name FROM information_schema.columns"
        " WHERE table_schema = 'public' AND data_type = 'bytea'"
        " AND table_name IN (SELECT relname FROM pg_class WHERE relkind = 'r')"
    )
    found: dict[tuple[str, str], list[bytes]] = {}
    for table, column in columns:
        name = str(table)
        if name in NOT_OF_THE_CHILD or name.partition("_")[0] not in CARE:
            continue
        with keep("look"), connection.cursor() as cursor:
            cursor.execute(f"SELECT {column} FROM {name} WHERE octet_length({column}) > 0")
            if values := [bytes(value) for (value,) in cursor.fetchall()]:
                found[name, str(column)] = values
    return found


def test_the_child_of_these_tests_has_a_row_in_every_table_that_names_one(known: Known) -> None:
    """Whoever adds such a table lets tests/canaries.py write into it, or nothing here would see it."""
    empty = {table for table in tables_naming_a_child() if not rows_of(known, table)}
    assert empty == {"vault_tombstone"}


def test_nothing_but_numbers_is_left_of_an_erased_child(known: Known) -> None:
    actions.erase(known.pk, basis="guardian", now=DURING, actor="system:test")

    left = {table for table in tables_naming_a_child() if rows_of(known, table)}
    assert left == set(STAYS)
    with keep("look"):
        assert Tombstone.objects.filter(child=known.number, at=DURING).exists()


def test_no_sealed_byte_of_an_erased_child_is_left(known: Known) -> None:
    assert len(sealed()) >= 15
    actions.erase(known.pk, basis="guardian", now=DURING, actor="system:test")
    assert set(sealed()) == set()


def test_with_the_key_gone_no_copy_opens(known: Known) -> None:
    """What a backup of the main database still holds opens under no class of what is in the store."""
    before = sealed()

    actions.erase(known.pk, basis="guardian", now=DURING, actor="system:test")

    assert keystore.fetch([known.number]) == {}
    seal = ChildSeal(known.pk, known.number, b"x" * keystore.KEY_BYTES, list(FieldClass))
    for (table, column), values in before.items():
        for value, one in product(values, FieldClass):
            with pytest.raises(SealBroken):
                seal.open(one, value, table, column, known.number)


def test_why_somebody_asked_for_an_erased_child_is_gone_too(known: Known) -> None:
    """The reason is sealed under the installation's key and may name the child."""
    ((reason,),) = _reasons(known)
    assert WORDS["situation"] in open_reason(known.ids["asked"], bytes(reason))

    actions.erase(known.pk, basis="guardian", now=DURING, actor="system:test")

    ((reason,),) = _reasons(known)
    assert bytes(reason) == b""


def _reasons(known: Known) -> list[tuple[memoryview]]:
    with keep("look"), connection.cursor() as cursor:
        cursor.execute("SELECT reason FROM vault_request WHERE child_id = %s", [known.pk])
        rows: list[tuple[memoryview]] = cursor.fetchall()
    return rows
