"""Modules meet only at their doors (docs/decisions/0002).

import-linter checks that imports point downward; here is what it cannot say.
"""

import grimp
import pytest

DOORS = {"access", "queries", "actions", "events", "rules"}
OPEN_TO_ALL = {"core", "web", "papers"}
EXCEPTIONS = {
    # The places that put the parts together.
    "mingtian.asgi": ("mingtian.attendance.ingest",),
    "mingtian.asgi_ingest": ("mingtian.attendance.ingest", "mingtian.comments.intake"),
    # Its intake stands beside ingest in the same process and uses its buffers, lanes and tokens.
    "mingtian.comments": ("mingtian.attendance.ingest",),
    "mingtian.urls": ("urls",),
    # The certificates' part of the family's page brings its own words.
    "mingtian.family": ("mingtian.certificates.pages",),
    # Consents that a case or a counsellor notes are worded as the register words them.
    "mingtian.care": ("mingtian.children.words",),
    # Starts and measures the hot path as a process of its own.
    "mingtian.run": ("mingtian.attendance.ingest",),
}
INGEST = "mingtian.attendance.ingest"
KNOWN_TO_INGEST = (
    INGEST,
    "mingtian.core",
    "mingtian.attendance.rules",
    "mingtian.people.rules",
    "mingtian.campaigns.rules",
)


@pytest.fixture(scope="module")
def imports() -> list[tuple[str, str]]:
    """All imports inside the product but those of tests, migrations and annotations."""
    graph = grimp.build_graph("mingtian", exclude_type_checking_imports=True)
    return [
        (importer, imported)
        for importer in sorted(graph.modules)
        if not {"tests", "migrations", "testing"} & set(importer.split("."))
        for imported in sorted(graph.find_modules_directly_imported_by(importer))
    ]


def test_modules_meet_only_at_their_doors(imports: list[tuple[str, str]]) -> None:
    """What is behind a door can change without anybody else's leave."""
    trespasses = [f"{one} imports {other}" for one, other in imports if trespasses_on(one, other)]
    assert trespasses == [], (
        "Enter another module through its access, queries, actions, events or rules. "
        "Is something missing there? Add a function to the module's queries.py (to read) or "
        'actions.py (to change); name models as strings ("people.Person"), or import them for '
        "annotations only, under TYPE_CHECKING."
    )


def trespasses_on(importer: str, imported: str) -> bool:
    """Say whether this import goes past a door of another module."""
    here, there = importer.split("."), imported.split(".")
    if len(there) < 3 or here[1:2] == there[1:2] or there[1] in OPEN_TO_ALL:
        return False
    allowed = EXCEPTIONS.get(".".join(here[:2]), ())
    if any(imported.startswith(one) or there[2] == one for one in allowed):
        return False
    return there[2] not in DOORS


@pytest.mark.parametrize(
    ("importer", "imported", "wrong"),
    [
        ("mingtian.boards.views", "mingtian.people.models", True),
        ("mingtian.boards.views", "mingtian.people.queries", False),
        ("mingtian.boards.views", "mingtian.people.actions.enter", False),
        ("mingtian.boards.views", "mingtian.web.refusals", False),
        ("mingtian.boards.views", "mingtian.boards.models", False),
        ("mingtian.urls", "mingtian.boards.urls", False),
        ("mingtian.boards.urls", "mingtian.people.urls", True),
        ("mingtian.asgi", "mingtian.attendance.ingest.app", False),
    ],
)
def test_the_check_tells_doors_from_walls(importer: str, imported: str, wrong: bool) -> None:
    assert trespasses_on(importer, imported) is wrong


def test_the_hot_path_knows_only_rules_and_core(imports: list[tuple[str, str]]) -> None:
    """What it does not load cannot slow it, break it or fill its memory."""
    strangers = [
        f"{one} imports {other}"
        for one, other in imports
        if one.startswith(INGEST) and not other.startswith(KNOWN_TO_INGEST)
    ]
    assert strangers == [], (
        "Ingest reads other modules' tables by SQL of its own (queries.sql) and shares only "
        "pure rules; move what both need into rules.py, or into core."
    )


def test_nothing_below_imports_the_top_layer(imports: list[tuple[str, str]]) -> None:
    """run starts processes; a page that imported it could start one too."""
    upward = [
        f"{one} imports {other}"
        for one, other in imports
        if other.startswith("mingtian.run") and not one.startswith("mingtian.run")
    ]
    assert upward == [], "Only commands in bin/ and tests use mingtian.run."


def test_only_tests_import_the_helpers_of_tests(imports: list[tuple[str, str]]) -> None:
    """Makers skip the checks that the product lives by."""
    assert [one for one, other in imports if other.startswith("mingtian.testing")] == []
