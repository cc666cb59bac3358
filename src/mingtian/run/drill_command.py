"""bin/drill: lays a city, lets a bounded evening run against real servers, reconciles.

Exits with 0 only when sent ≥ acknowledged = stored = tallied = board in every class, every
comment that was acknowledged is stored and no other, and every fault really happened.
"""

import argparse
import asyncio
import json
import random
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from mingtian.attendance.rules import SLOTS
from mingtian.core.clock import now
from mingtian.run.drill import Evening, Hands, live_through
from mingtian.run.phones import Wire, open_session
from mingtian.run.place import Place
from mingtian.run.reconcile import (
    Reconciliation,
    Said,
    count_assisted,
    count_shared,
    counted_by_phones,
    differing,
    total,
)
from mingtian.run.server import Server, free_port
from mingtian.run.signals import end_like_ctrl_c, finish_undisturbed

if TYPE_CHECKING:
    from mingtian.run.families import Families
    from mingtian.run.world import World

ENTRIES_A_SECOND = 250
BEATS_A_SECOND = 900
SHORTEST_SECONDS = 60
CONNECTIONS = 128
INTERRUPTED = 130
"""The exit status that shells expect of a command that a signal has ended."""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bin/drill", description=__doc__)
    parser.add_argument("--phones", type=int, default=500, help="how many phones (500)")
    parser.add_argument("--seed", type=int, default=1, help="the dice (1)")
    parser.add_argument("--json", action="store_true", help="print JSON only")
    options = parser.parse_args(arguments)
    if not 10 <= options.phones <= 50_000:
        parser.error("--phones must lie between 10 and 50000: the load stays on this machine.")
    console = Console(stderr=True, quiet=options.json)
    end_like_ctrl_c()
    try:
        with tempfile.TemporaryDirectory(prefix="mingtian-drill-") as folder:
            result = rehearse(Path(folder), options.phones, options.seed, console)
    except KeyboardInterrupt:
        return INTERRUPTED
    if options.json:
        sys.stdout.write(json.dumps(result) + "\n")
    else:
        show(result, console)
    return 0 if result["reconciled"] else 1


def rehearse(folder: Path, phones: int, seed: int, console: Console) -> dict[str, Any]:
    """Run one drill in a folder of its own and return its figures."""
    port = free_port()
    place = Place(folder)
    server = None
    try:
        environment = place.open(origin=f"http://127.0.0.1:{port}")
        place.migrate()
        write_bare_pages(folder / "pages")
        environment["MINGTIAN_VAR"] = str(folder)
        slot_seconds = max(SHORTEST_SECONDS / SLOTS, phones / BEATS_A_SECOND)
        with console.status(f"Laying a city for {phones} phones"):
            families = lay(phones, seed, slot_seconds)
        server = Server(port=port, environment=environment, log=place.log)
        server.start()
        evening = asyncio.run(run_evening(place, server, families, seed, console))
        return figures(evening, families, reconcile(evening, families.world))
    finally:
        finish_undisturbed()
        if server is not None:
            server.stop()
        place.cluster.remove()


def lay(phones: int, seed: int, slot_seconds: float) -> "Families":
    """Lay the city; the lecture starts when everybody can have entered."""
    from mingtian.run.families import Families
    from mingtian.run.world import lay_world

    begun = now()
    world = lay_world(
        phones=phones,
        seed=seed,
        starts_at=begun + timedelta(seconds=15 + phones / ENTRIES_A_SECOND),
        length=timedelta(seconds=slot_seconds * SLOTS),
        now=begun,
    )
    return Families(world)


async def run_evening(
    place: Place, server: Server, families: "Families", seed: int, console: Console
) -> Evening:
    """Let everybody enter, then live through the sixty slots and both crashes."""
    dice = random.Random(seed)  # noqa: S311 - dice, not secrets
    world = families.world
    async with open_session(CONNECTIONS) as session:
        evening = Evening(
            wire=Wire(server.origin, session),
            phones=world.phones,
            lecture=world.lecture,
            dice=dice,
            expired=expirer(),
        )
        with bar(console) as progress:
            entering = progress.add_task("Entering", total=len(evening.phones))
            await evening.enter(lambda done: progress.update(entering, completed=done))
            playing = progress.add_task("Slots", total=SLOTS)
            await live_through(
                evening,
                Hands(
                    kill_ingest=lambda: kill_and_start(server),
                    crash_postgres=place.cluster.restart,
                    note=families.note,
                    withdraw=families.withdraw,
                    erase=families.erase,
                ),
                starts_at=world.starts_at,
                slot_ms=world.slot_ms,
                on_progress=lambda done: progress.update(playing, completed=done),
            )
    return evening


def kill_and_start(server: Server) -> None:
    server.kill()
    server.start()


def expirer() -> "Any":
    """Return what makes an expired token of a seat, with this drill's own keys."""
    from django.conf import settings

    from mingtian.attendance.ingest.tokens import Mint

    mint = Mint(settings.SEAT_KEYS)

    def expired(token: str) -> str:
        seat = mint.open_seat(token)
        assert seat is not None
        return mint.seat(msgspec.structs.replace(seat, expires=1))

    return expired


def reconcile(evening: Evening, world: "World") -> Reconciliation:
    """Read rows, tallies and boards, and put them beside what the phones know."""
    from django.db import connection

    from mingtian.attendance.queries import count_stored, count_tallied
    from mingtian.boards.queries import build_frame

    # This process held a connection through the crash.
    connection.close()
    boards = {}
    for unit in world.classes:
        board = build_frame(world.lecture, unit, "leads", now())
        boards[unit] = board.figure("arrived").value
    return Reconciliation(
        sent=counted_by_phones(evening.phones, settled=False),
        acknowledged=counted_by_phones(evening.phones, settled=True),
        stored=count_stored(world.lecture),
        tallied=count_tallied(world.lecture),
        board=boards,
    )


def figures(evening: Evening, families: "Families", found: Reconciliation) -> dict[str, Any]:
    """Return the drill's figures under their fixed names."""
    from mingtian.attendance.queries import differences
    from mingtian.boards.queries import build_frame
    from mingtian.comments.queries.stored import marks_stored
    from mingtian.run.families import count_beside

    world, done = families.world, families.done
    outcomes = evening.wire.outcomes
    on_board = build_frame(world.lecture, world.city, "leads", now()).figure("arrived").value
    expected, stored, tallied = map(total, (found.acknowledged, found.stored, found.tallied))
    missing = evening.faults.missing() + done.missing()
    beside = count_beside(world)
    noted = {"assisted": count_assisted(evening.phones), **done.shown()}
    problems = found.disagreements() + [f"fault never happened: {name}" for name in missing]
    problems += differing(beside, noted)
    said = Said.of(evening.talk, stored=marks_stored(world.lecture), forgetful=evening.forgetful)
    problems += said.problems()
    problems += [f"tally differs from rows: {one}" for one in differences(world.lecture)]
    if on_board != expected[0]:
        problems.append(f"city board shows {on_board}, expected {expected[0]}")
    return {
        "phones": len(evening.phones),
        "beats_sent": evening.beats_sent,
        "beats_acknowledged": evening.beats_acknowledged,
        "refused_by_reason": {k: v for k, v in sorted(outcomes.items()) if k != "ok"},
        "persons_expected": expected[0],
        "persons_stored": stored[0],
        "persons_tallied": tallied[0],
        "persons_on_board": on_board,
        "slots_expected": expected[1],
        "slots_stored": stored[1],
        "slots_tallied": tallied[1],
        **said.counts(),
        **beside,
        "unwilling": done.unwilling,
        "withdrawn": done.withdrawn,
        "erased": done.erased,
        "shared_phones": count_shared(evening.phones),
        "homes_in_two_schools": sum(bool(p.invitation.beside) for p in evening.phones),
        "faults": asdict(evening.faults),
        "reconciled": not problems,
        "problems": problems,
    }


def write_bare_pages(folder: Path) -> None:
    """Give ingest shells to start with; phones of software read no pages."""
    for language in ("zh-hans", "en"):
        (folder / language).mkdir(parents=True)


def bar(console: Console) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    return Progress(*columns, console=console)


def show(result: dict[str, Any], console: Console) -> None:
    """Print the figures as a table and the verdict in one line."""
    table = Table("figure", "value")
    for name, value in result.items():
        if isinstance(value, dict):
            for inner, number in value.items():
                table.add_row(f"{name}.{inner}", f"{number:,}")
        elif not isinstance(value, list | bool):
            table.add_row(name, f"{value:,}")
    console.print(table)
    for problem in result["problems"]:
        console.print(f"[red]✗ {problem}[/red]")
    console.print(
        "[green]✓ sent ≥ acknowledged = stored = tallied = board[/green]"
        if result["reconciled"]
        else "[red]The evening does not reconcile.[/red]"
    )


if __name__ == "__main__":
    sys.exit(main())
