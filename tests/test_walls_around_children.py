"""The second wall stands around everything about children (AID-1, domain.md 11.3).

Complete by construction: tables, grants, roles and functions are asked of the catalogue, so that
whoever adds one builds its wall, or names it here with the reason why it needs none.
"""

import re

import pytest
from django.apps import apps
from django.db import connection

from mingtian.vault import events

CARE = frozenset({"vault", "children", "care", "pairs", "aid", "gifts"})

UNGUARDED = {
    "aid_fund": "money of a county, town or school; knows no child",
    "aid_limit": "up to which amount an office decides; knows no child",
    "aid_rate": "what a scheme pays from a day on; knows no child",
    "aid_scheme": "what is paid to whom; knows no child",
    "gifts_donor": "who gave; sealed, under the office's own reach",
    "gifts_drive": "what is collected; knows no child",
    "gifts_gift": "what was given and by whom; knows no child",
    "gifts_handout": "how many need codes a partner was given, and when",
    "gifts_item": "kinds of things",
    "gifts_line": "things of a gift",
    "gifts_move": "stock between places",
    "gifts_partner": "licensed organisations",
    "gifts_round": "a day on which an office goes round",
    "vault_head": "number and digest of the last link of the log",
}
"""Tables of these modules without a wall. None of them may lead to a child."""

NOT_FOR_PERSONS = {
    "children_token": "searched through functions alone; a person writes and reads none",
    "pairs_kept": "sums of hours, told through pairs_hours()",
    "vault_link": "the log's chain, written by a trigger",
    "vault_reading": "the log, written by vault_note(), read by the keeper",
    "vault_tombstone": "written by erasures alone",
}
"""Guarded tables that a person at the door does not read."""

MAY_DELETE = {
    "aid_grant": "a line that nobody has decided on",
    "aid_upload": "one's own file before it is taken over",
}

MAY_UPDATE = {
    "aid_batch": {"paid_at", "dissolved_at", "fetched_at", "lines", "paid_by_id"},
    "aid_grant": {
        "state", "approved_at", "approved_by_id", "batch_id", "paid_at", "paid_by_id", "payee_id",
        "received_on", "received_from", "received_noted_by_id", "returned_at", "returned_by_id",
        "return_reason", "held_at",
    },
    "aid_list": {"state", "decided_at", "decided_by_id", "reason", "lines"},
    "care_assignment": {"ends_at"},
    "care_case": {
        "worker_id", "contact_from", "closed_at", "closed_for", "closed_by_id", "reopened_at",
        "version",
    },
    "care_contact": {"at", "spoke_on", "way", "by_id"},
    "care_milestone": {"at", "reached_on", "by_id"},
    "care_note": {"handed_to_id"},
    "care_plan": {
        "state", "areas", "goals", "agreed", "agreed_on", "review_on", "rule", "rule_title",
        "submitted_at", "decided_at", "decided_by_id",
    },
    "care_referral": {"answer", "answer_by", "answered_on", "result", "ended_at"},
    "care_service": {"done_on", "done_at", "outcome", "called_off_at", "result"},
    "care_ticket": {"answer", "answered_at", "answered_by_id", "closed_at"},
    "care_transfer": {"accepted_at", "ended_at"},
    "children_category": {"ends_on"},
    "children_consent": {"withdrawn_at"},
    "children_guardian": {"sealed", "ends_on"},
    "children_identity": {"name", "facts", "home", "birth_year", "changed_at"},
    "gifts_handover": {
        "state", "way", "handed_at", "handed_by_id", "signer", "confirmed_at", "confirmed_by_id",
        "reason", "undone_at", "undone_by_id", "undone_for",
    },
    "gifts_need": {"state", "released_at", "released_by_id", "ended_at", "ended_by_id"},
    "pairs_duty": {"ends_at", "ended_for", "note"},
    "pairs_goal": {"ended_at"},
    "pairs_pair": {"until", "rhythm", "paused_at", "resumed_on", "ended_at", "ended_for"},
    "pairs_vetting": {"ended_at"},
    "pairs_visit": {"looked_at", "looked_by_id", "handed_to_id"},
    "vault_child": {"unit_id", "school_id", "state", "closed_at"},
    "vault_request": {
        "decided_by_id", "decided_at", "granted", "opens_until", "reviewed_by_id", "reviewed_at",
        "verdict",
    },
}  # fmt: skip
"""What a person at the door may change at all; who may change which row, the policies say."""

SEES_MORE = {
    "aid_waits": "counts for the desk",
    "care_case_of": "the number of the case a child has, for the check of the caller's part",
    "care_derive": "trigger: a case carries its child's places",
    "care_follow_child": "trigger: a case moves with its child",
    "care_in_hand": "numbers of the cases that a colleague has, for a fair share",
    "care_oversees": "yes or no about one child",
    "care_waits": "counts for the desk",
    "children_agreed": "whether a consent holds, by number",
    "children_has_worker": "yes or no about one child",
    "children_known": "which of the caller's own blind indexes exist",
    "children_look": "search before create: numbers and places of likely doubles, no field",
    "children_totals": "sums for the year book",
    "children_unfind": "takes away what a corrected name was found by",
    "children_waits": "counts for the desk",
    "gifts_alike": "how many children of a county need alike, so that a code tells nothing",
    "gifts_waits": "counts for the desk",
    "pairs_beside": "how the caller's own visit stands beside others: counts",
    "pairs_hours": "the caller's own hours of years past",
    "pairs_line": "helpers who may be paired with a child; no child's field",
    "pairs_mine": "numbers of the caller's own pairs",
    "pairs_oversees": "yes or no about one child",
    "pairs_roster": "helpers and how many pairs each has",
    "pairs_stand": "how one of the caller's own pairs stands, also when over",
    "pairs_told": "whether a visit is kept already, and what of it is the caller's own",
    "pairs_vetted": "until when the check of a helper holds",
    "pairs_visited": "trigger: keeps when a pair was visited last",
    "pairs_waits": "counts for the desk",
    "vault_end": "ends parts of a child in the caller's sight",
    "vault_enter": "works out what the caller reaches",
    "vault_enters_lists_of": "yes or no about one child",
    "vault_give": "gives a part in a child in the caller's sight",
    "vault_link_reading": "trigger: the chain of the log",
    "vault_sees": "yes or no about one child in the caller's sight",
    "vault_note": "writes readings, nobody may write them directly",
    "vault_supervised": "units of a person, no child",
    "vault_waits": "counts for the desk",
}
"""Functions of the keeper, and why each may see more than the person at the door."""

MATCHED_ONLY = {
    "children_known": "gives back what the caller brought",
}
"""Functions of the keeper that give back bytes."""

Rows = list[tuple[object, ...]]


def asked(statement: str, *values: str) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: Rows = cursor.fetchall()
    return rows


def names(statement: str, *values: str) -> set[str]:
    return {str(name) for (name, *_rest) in asked(statement, *values)}


def tables_of_care() -> set[str]:
    """Return the tables of these modules, with or without a model."""
    every = names(
        "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p', 'm')"
        " AND relnamespace = 'public'::regnamespace"
    )
    return {name for name in every if name.partition("_")[0] in CARE}


def tables_naming_a_child() -> set[str]:
    """Return every table with a key to a child, or with a column that says child."""
    keys = names(
        "SELECT conrelid::regclass FROM pg_constraint"
        " WHERE contype = 'f' AND confrelid = 'vault_child'::regclass"
    )
    columns = names(
        "SELECT c.relname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
        " WHERE c.relkind IN ('r', 'p', 'm') AND c.relnamespace = 'public'::regnamespace"
        " AND a.attname IN ('child', 'child_id') AND NOT a.attisdropped"
    )
    return keys | columns | {"vault_child"}


def tables_beyond(name: str) -> set[str]:
    """Return the tables to which a table has keys, however far."""
    return names(
        "WITH RECURSIVE beyond AS ("
        " SELECT confrelid FROM pg_constraint WHERE contype = 'f' AND conrelid = %s::regclass"
        " UNION SELECT key.confrelid FROM pg_constraint key"
        " JOIN beyond ON key.conrelid = beyond.confrelid WHERE key.contype = 'f')"
        " SELECT confrelid::regclass FROM beyond",
        name,
    )


def test_every_table_about_children_stands_behind_the_wall(db: None) -> None:
    """Enabled alone would let the owner through; only forced binds whoever signs in."""
    guarded = names("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
    wanted = (tables_of_care() | tables_naming_a_child()) - UNGUARDED.keys()

    assert wanted - guarded == set()


def test_what_needs_no_wall_knows_no_child(db: None) -> None:
    assert UNGUARDED.keys() - tables_of_care() == set()
    assert UNGUARDED.keys() & tables_naming_a_child() == set()
    leading = {
        name: found
        for name in UNGUARDED
        if (found := tables_beyond(name) & tables_naming_a_child())
    }
    assert leading == {}


def test_every_guarded_table_says_what_a_person_sees_or_gives_persons_nothing(db: None) -> None:
    """A grant without a policy shows nothing, and a policy without a grant is a slip."""
    guarded = (tables_of_care() | tables_naming_a_child()) - UNGUARDED.keys()
    policies = names(
        "SELECT tablename FROM pg_policies WHERE 'mingtian_case' = ANY (roles)"
        " AND cmd IN ('SELECT', 'ALL')"
    )
    reading = names(
        "SELECT c.relname FROM pg_class c WHERE relnamespace = 'public'::regnamespace"
        " AND relkind IN ('r', 'p', 'v', 'm')"
        " AND has_any_column_privilege('mingtian_case', c.oid, 'SELECT')"
    )

    assert guarded - policies == set(NOT_FOR_PERSONS)
    assert guarded & reading == guarded & policies


def test_policies_are_for_the_two_roles_and_open_all_to_the_keeper_alone(db: None) -> None:
    """A policy for everybody, or one that is always true, would open the wall to the owner."""
    rows = asked(
        "SELECT tablename, policyname, roles::text[], cmd, coalesce(qual, '') FROM pg_policies"
        " WHERE schemaname = 'public'"
    )
    others = [row for row in rows if row[2] not in (["mingtian_case"], ["mingtian_keeper"])]
    open_to_all = [
        row for row in rows
        if row[2] == ["mingtian_case"] and row[4] == "true" and row[3] in {"SELECT", "ALL", "DELETE"}
    ]  # fmt: skip

    assert others == []
    assert open_to_all == []


def test_nothing_is_granted_to_everybody(db: None) -> None:
    tables = asked(
        "SELECT relname FROM pg_class, aclexplode(relacl) AS given"
        " WHERE relnamespace = 'public'::regnamespace AND given.grantee = 0"
    )
    columns = asked(
        "SELECT attrelid::regclass::text, attname FROM pg_attribute, aclexplode(attacl) AS given"
        " WHERE given.grantee = 0 AND attrelid::regclass::text !~ '^pg_'"
    )
    assert (tables, columns) == ([], [])


def test_a_person_deletes_nowhere_else(db: None) -> None:
    deleting = names(
        "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p', 'v')"
        " AND relnamespace = 'public'::regnamespace"
        " AND (has_table_privilege('mingtian_case', oid, 'DELETE')"
        " OR has_table_privilege('mingtian_case', oid, 'TRUNCATE'))"
    )
    assert deleting == set(MAY_DELETE)


def test_a_person_changes_these_columns_and_no_other(db: None) -> None:
    """Whoever sealed what, when and about whom stays as it was written."""
    found: dict[str, set[str]] = {}
    for table, column in asked(
        "SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
        " WHERE c.relkind IN ('r', 'p', 'v') AND c.relnamespace = 'public'::regnamespace"
        " AND a.attnum > 0 AND NOT a.attisdropped"
        " AND has_column_privilege('mingtian_case', c.oid, a.attnum, 'UPDATE')"
    ):
        found.setdefault(str(table), set()).add(str(column))
    assert found == MAY_UPDATE


def test_the_log_is_only_added_to(db: None) -> None:
    for role in ("mingtian_case", "mingtian_keeper"):
        for table in ("vault_reading", "vault_link", "core_audit_entry"):
            for power in ("UPDATE", "DELETE", "TRUNCATE"):
                (may,) = asked("SELECT has_table_privilege(%s, %s, %s)", role, table, power)
                assert may == (False,), (role, table, power)


def test_the_two_roles_cannot_sign_in_create_or_walk_through(db: None) -> None:
    rows = asked(
        "SELECT rolname, rolcanlogin, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,"
        " rolreplication, has_schema_privilege(oid, 'public', 'CREATE')"
        " FROM pg_roles WHERE rolname IN ('mingtian_case', 'mingtian_keeper') ORDER BY 1"
    )
    assert rows == [(name, *[False] * 7) for name in ("mingtian_case", "mingtian_keeper")]


def test_the_owner_inherits_neither_role_and_neither_takes_another(db: None) -> None:
    inheriting = asked(
        "SELECT given.roleid::regrole::text, given.member::regrole::text FROM pg_auth_members given"
        " WHERE (given.roleid::regrole::text IN ('mingtian_case', 'mingtian_keeper')"
        "        AND given.inherit_option)"
        " OR given.member::regrole::text IN ('mingtian_case', 'mingtian_keeper')"
    )
    assert inheriting == []


def test_the_product_signs_in_as_a_role_that_the_wall_binds(db: None) -> None:
    assert asked(
        "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
    ) == [(False, False)]  # fmt: skip


FUNCTIONS = """
    SELECT p.proname, p.prosecdef, coalesce(p.proconfig, '{}')::text[],
           pg_get_userbyid(p.proowner) = 'mingtian_keeper', pg_get_function_result(p.oid)
    FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
      AND (p.prosecdef OR pg_get_userbyid(p.proowner) IN ('mingtian_keeper', 'mingtian_case'))
"""


def test_every_function_that_sees_more_says_why_and_cannot_be_led_astray(db: None) -> None:
    """Without a fixed path a temporary table of the caller's would stand in for the real one."""
    rows = asked(FUNCTIONS)
    assert {str(row[0]) for row in rows} == SEES_MORE.keys()
    for name, definer, settings, of_keeper, _result in rows:
        assert definer, name
        assert of_keeper, name
        assert settings == ["search_path=pg_catalog, public"], name


def test_no_function_that_sees_more_gives_back_what_is_sealed(db: None) -> None:
    giving = {str(name) for name, *_, result in asked(FUNCTIONS) if re.search("bytea", str(result))}
    assert giving == MATCHED_ONLY.keys()


def test_the_keeper_creates_nothing_once_all_is_built(db: None) -> None:
    assert asked("SELECT has_schema_privilege('mingtian_keeper', 'public', 'CREATE')") == [(False,)]


def test_no_view_shows_past_the_wall(db: None) -> None:
    """A view runs as its owner: owned by the keeper it would show every row to whoever may read it."""
    owned = asked(
        "SELECT relname FROM pg_class WHERE relkind IN ('v', 'm')"
        " AND relnamespace = 'public'::regnamespace"
        " AND pg_get_userbyid(relowner) IN ('mingtian_keeper', 'mingtian_case')"
    )
    assert owned == []


@pytest.mark.parametrize("module", sorted(CARE - {"vault"}))
def test_every_module_that_names_a_child_lets_it_go(module: str, db: None) -> None:
    naming = {name.partition("_")[0] for name in tables_naming_a_child()} - {"vault"}
    assert module in naming
    assert module in events._forgetting


def test_nothing_else_names_a_child(db: None) -> None:
    """A module of another name that keeps something of a child comes into :data:`CARE` first."""
    found = {name.partition("_")[0] for name in tables_naming_a_child()}
    assert found == CARE
    assert {each.label for each in apps.get_app_configs()} >= CARE
