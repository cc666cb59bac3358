"""bin/demo: everything on one machine, with a city, seven evenings behind it and one on the air.

Starts the embedded PostgreSQL, builds the scenario, prepares the sample lecture, starts the
server, lets a crowd arrive over real HTTP, and prints where to look. Ctrl-C ends all of it.
"""

import argparse
import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from rich.console import Console
from rich.panel import Panel
from rich.table import Table

from mingtian.core.clock import SHANGHAI, day_of, milliseconds, now
from mingtian.run.crowd import Guest, Order
from mingtian.run.phones import Invitation
from mingtian.run.place import Place
from mingtian.run.server import Server, ServerFailed, port_is_free
from mingtian.run.signals import end_like_ctrl_c, finish_undisturbed
from mingtian.run.worker import Worker

if TYPE_CHECKING:
    from scenarios.suihua.city import Account, City, Evening

ROOT = Path(__file__).resolve().parents[3]
ACTOR = "system:demo"
BROADCAST = "0sample00001"
SAMPLE_TITLE = "法律陪我长大（示范课）"
SAMPLE_TITLE_EN = "The law grows with me (sample)"
LENGTH = timedelta(minutes=10)
UNTIL_THE_START = timedelta(seconds=15)
SAMPLE_SECONDS = 600
PASSWORD_BYTES = 6


@dataclass
class Demo:
    """What runs, and the stack that ends it in the reverse order."""

    options: argparse.Namespace
    console: Console
    stack: ExitStack

    def run(self) -> None:
        """Start everything, print the addresses, and wait for Ctrl-C."""
        place = Place(ROOT / "var" / "demo")
        origin = f"http://127.0.0.1:{self.options.port}"
        if not port_is_free(self.options.port):
            raise ServerFailed(f"Port {self.options.port} is in use; choose another with --port.")
        # What ends a thing is noted before the thing is started: Ctrl-C may come in between.
        self.stack.callback(place.cluster.stop)
        with self.console.status("Starting PostgreSQL 18"):
            environment = place.open(origin=self.address())
            self.empty(place)
        password = secrets.token_urlsafe(PASSWORD_BYTES)
        broadcast = self.prepare_lecture()
        city = self.build(password)
        carers = self.build_care(city, password)
        evening = city.evening_on(today(now()))
        assert evening is not None, "the last evening is tonight"
        show_broadcast(city, evening, broadcast)
        self.unlock_certificates()
        server = Server(
            port=self.options.port,
            environment=environment,
            log=place.log,
            host="0.0.0.0" if self.options.lan else "127.0.0.1",  # noqa: S104 - only when asked for
        )
        self.stack.callback(server.stop)
        with self.console.status("Starting the server"):
            server.start()
        worker = Worker(environment=environment, log=place.folder / "worker.log")
        self.stack.callback(worker.stop)
        worker.start()
        if not self.options.no_crowd:
            self.send_crowd(place.folder / "crowd.json", city, evening, origin)
        accounts = (*city.accounts, *carers)
        self.console.print(addresses(city, evening, accounts, self.address(), password))
        self.console.print(
            "[dim]Commands beside it: source var/demo/environment; bin/mingtian audit verify\n"
            "Ctrl-C ends everything.[/dim]"
        )

    def address(self) -> str:
        """Return the origin as people should open it."""
        host = lan_address() if self.options.lan else "127.0.0.1"
        return f"http://{host}:{self.options.port}"

    def empty(self, place: Place) -> None:
        """Begin with an empty database: the last demo's evening lies in the past."""
        place.empty(fresh=self.options.fresh)
        place.migrate()

    def prepare_lecture(self) -> str:
        """Make and prepare the sample lecture, unless it lies there from last time."""
        from django.apps import apps
        from django.conf import settings
        from django.core.management import call_command
        from django.utils import translation

        # The rest of this terminal is English too.
        translation.activate("en")
        broadcasts = apps.get_model("campaigns", "Broadcast").objects
        broadcasts.create(public_id=BROADCAST, title=SAMPLE_TITLE)
        samples = Path(settings.MEDIA_ROOT) / "samples"
        call_command("make_sample_lecture", seconds=SAMPLE_SECONDS, out=samples, stdout=Silent())
        newest = max(samples.glob(f"sample-lecture-{SAMPLE_SECONDS}s-*.mp4"), key=modified)
        call_command(
            "prepare_broadcast",
            str(newest),
            title=SAMPLE_TITLE,
            title_en=SAMPLE_TITLE_EN,
            replaces=BROADCAST,
            stdout=Silent(),
        )
        return BROADCAST

    def unlock_certificates(self) -> None:
        """Give those who have earned it by now their certificate."""
        from django.core.management import call_command

        with self.console.status("Unlocking certificates"):
            call_command("unlock_certificates", stdout=Silent())

    def build(self, password: str) -> "City":
        """Build the city and bring in the evenings that are over."""
        from scenarios.suihua.city import Options, Sitting
        from scenarios.suihua.play import play
        from scenarios.suihua.progress import bars_on

        begun = now()
        starts = (begun + UNTIL_THE_START + self.building_time()).replace(microsecond=0)
        options = Options(
            password=password,
            scale=self.options.scale,
            seed=self.options.seed,
            tonight=Sitting(starts_at=starts, length=LENGTH),
        )
        day = today(begun)
        with bars_on(self.console) as watcher:
            return play(options=options, today=day, actor=ACTOR, now=begun, watcher=watcher)

    def build_care(self, city: "City", password: str) -> "tuple[Account, ...]":
        """Play Qinggang's care for children into the city; return who signs in there."""
        from scenarios.qinggang.load import Options, load_children
        from scenarios.suihua.build import OPENED_DAYS_BEFORE

        options = Options(password=password, scale=self.options.scale, seed=self.options.seed)
        since = city.evenings[0].held_on - timedelta(days=OPENED_DAYS_BEFORE)
        with self.console.status("Children in difficulty, all of them invented"):
            played = load_children(city.units, options=options, since=since, actor=ACTOR, now=now())
        return played.accounts

    def building_time(self) -> timedelta:
        """Estimate how long building takes, so that the lecture begins soon after it."""
        return timedelta(seconds=11 + 110 * float(self.options.scale))

    def send_crowd(self, path: Path, city: "City", evening: "Evening", origin: str) -> None:
        """Start the crowd as a process of its own."""
        crowd, phones = send_crowd(path, city, evening, origin, seed=self.options.seed)
        self.stack.callback(end, crowd)
        self.console.print(f"{phones:,} phones are on their way.")


class Silent:
    """Takes a command's lines and keeps them to itself; its progress bars still show."""

    def write(self, text: str) -> int:
        return len(text)


def end(process: "subprocess.Popen[bytes]") -> None:
    """End a process that this one started."""
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(10)


def send_crowd(
    path: Path, city: "City", evening: "Evening", origin: str, *, seed: int
) -> tuple["subprocess.Popen[bytes]", int]:
    """Send an evening's phones to a server; return their process and how many they are."""
    from scenarios.suihua.families import families_of

    guests = [
        Guest(
            phone=family.phone,
            entries=[
                Invitation(code=e.code, unit=e.unit, people=e.people, kin=e.kin, agrees=e.agrees)
                for e in family.entries
            ],
            first=family.first,
            played=family.played,
        )
        for family in families_of(city, evening.index)
    ]
    order = Order(
        origin=origin,
        lecture=evening.lecture_id,
        starts_at=milliseconds(evening.starts_at),
        ends_at=milliseconds(evening.ends_at),
        guests=guests,
        seed=seed,
    )
    path.write_bytes(msgspec.json.encode(order))
    crowd = subprocess.Popen(
        [sys.executable, "-m", "mingtian.run.crowd", str(path)], start_new_session=True
    )
    return crowd, len(guests)


def modified(path: Path) -> float:
    return path.stat().st_mtime


def today(instant: datetime) -> date:
    return day_of(instant)


def show_broadcast(city: "City", evening: "Evening", broadcast: str) -> None:
    """Let every evening show the sample lecture: tonight live, the others as replays."""
    from mingtian.campaigns.actions import choose_broadcast

    for number in range(1, evening.index + 2):
        choose_broadcast(
            campaign_id=city.campaign_id,
            number=number,
            broadcast=broadcast,
            actor=ACTOR,
            now=now(),
        )


def addresses(
    city: "City", evening: "Evening", accounts: "Sequence[Account]", origin: str, password: str
) -> Panel:
    """Return what to open, who may sign in, and one family to enter as."""
    from scenarios.suihua.families import families_of

    # A child with a relative, as most who come are.
    family = next(
        entry for each in families_of(city, evening.index) for entry in each.entries if entry.kin
    )
    (number, name), *_ = family.people
    starts = evening.starts_at.astimezone(SHANGHAI)
    table = Table.grid(padding=(0, 2))
    # An address that is cut short or broken cannot be opened.
    table.add_column()
    table.add_column(no_wrap=True, overflow="ignore")
    table.add_column(overflow="fold")
    table.add_row("Hall", f"{origin}/hall/{evening.lecture_id}")
    table.add_row("Family", f"{origin}/e/{family.code}", f"number {number}, name {name}")
    table.add_row("Boards", f"{origin}/boards/")
    table.add_row("Check a code", f"{origin}/check")
    table.add_row("Sign in", f"{origin}/desk/sign-in", f"password {password}")
    for account in accounts:
        table.add_row(
            "", account.username, f"{account.unit_name} · {account.role.value.replace('_', ' ')}"
        )
    return Panel(table, title=f"On the air from {starts:%H:%M:%S} for ten minutes", expand=False)


def lan_address() -> str:
    """Return this machine's address in the local network, as the way out would use it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
        # Connecting a datagram socket sends nothing; it only chooses a route.
        probe.connect(("192.0.2.1", 9))
        address: str = probe.getsockname()[0]
        return address
    return "127.0.0.1"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bin/demo", description=__doc__)
    parser.add_argument("--scale", type=Fraction, default=Fraction(1, 20), help="1/500 … 1 (1/20)")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-crowd", action="store_true", help="no phones of software")
    parser.add_argument("--fresh", action="store_true", help="make the database server anew")
    parser.add_argument("--lan", action="store_true", help="let phones on your network in")
    options = parser.parse_args(arguments)
    console = Console()
    end_like_ctrl_c()
    with ExitStack() as stack:
        try:
            Demo(options, console, stack).run()
            signal.pause()
        except KeyboardInterrupt:
            console.print("\nEnding.")
        except ServerFailed as failed:
            console.print(f"[red]{failed}[/red]")
            return 1
        finally:
            finish_undisturbed()
    return 0


if __name__ == "__main__":
    sys.exit(main())
