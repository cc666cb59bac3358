"""Loads the scenario into the database of DATABASE_URL: ``python -m scenarios.suihua``."""

import argparse
import os
import secrets
import sys
from datetime import date
from fractions import Fraction

import django
from rich.console import Console


def main() -> int:
    """Migrate, build, load the evenings that are over, and print the sign-ins."""
    asked = _arguments()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mingtian.settings")
    django.setup()
    _run(asked)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m scenarios.suihua", description=__doc__)
    parser.add_argument("--scale", type=Fraction, default=Fraction(1, 20), help="1/500 … 1")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--first-on",
        type=date.fromisoformat,
        help="day of the first evening, as 2023-09-18; otherwise the last one is tonight",
    )
    parser.add_argument("--password", default=None, help="of all accounts; random without")
    return parser.parse_args()


def _run(asked: argparse.Namespace) -> None:
    # Models can be imported only after django.setup().
    from django.core.management import call_command
    from scenarios.suihua.city import Options
    from scenarios.suihua.play import play
    from scenarios.suihua.progress import bars_on

    from mingtian.core import clock

    console = Console()
    now = clock.now()
    today = now.astimezone(clock.SHANGHAI).date()
    options = Options(
        password=asked.password or secrets.token_urlsafe(9),
        scale=asked.scale,
        seed=asked.seed,
        first_on=asked.first_on,
    )
    call_command("migrate", verbosity=0)
    with bars_on(console) as watcher:
        city = play(options=options, today=today, actor=ACTOR, now=now, watcher=watcher)
    console.print(f"Everybody's password: {options.password}")
    for account in city.accounts:
        console.print(f"  {account.username:10} {account.role.value:13} {account.unit_name}")


ACTOR = "system:scenario"

if __name__ == "__main__":
    sys.exit(main())
