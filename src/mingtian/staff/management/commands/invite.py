"""Prints the first invitation of an installation, before anybody can invite on a page."""

from argparse import ArgumentParser
from datetime import date

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils.translation import gettext as _

from mingtian.core import clock
from mingtian.core.errors import RuleBroken
from mingtian.org.queries import find_unit, lines_of, list_roots
from mingtian.org.rules import Line, Role
from mingtian.staff.actions import InviteSpec, invite
from mingtian.staff.rules import line_for
from mingtian.web.refusals import sentence


class Command(BaseCommand):
    help = "Invites somebody to a post at a unit and prints link and word, once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--unit", required=True, help="public id of the unit")
        parser.add_argument("--role", required=True, choices=[role.value for role in Role])
        parser.add_argument("--name", required=True, help="the name colleagues know")
        parser.add_argument("--line", choices=[line.value for line in Line])
        parser.add_argument("--until", type=date.fromisoformat, help="first day without the post")

    def handle(self, *args: object, **options: object) -> None:
        now = clock.now()
        day = clock.day_of(now)
        unit = find_unit(str(options["unit"]), day)
        if unit is None:
            tops = ", ".join(f"{top.public_id} {top.title}" for top in list_roots(day))
            raise CommandError(
                _("There is no unit with this id. At the top: %(units)s") % {"units": tops}
            )
        line = options["line"] or line_for(unit.kind, lines_of(unit.id, day))
        until = options["until"]
        spec = InviteSpec(
            unit_id=unit.id,
            kind=unit.kind,
            role=Role(str(options["role"])),
            line=Line(str(line)),
            name=str(options["name"]),
            starts_on=day,
            ends_on=until if isinstance(until, date) else None,
        )
        try:
            made = invite(spec=spec, inviter=None, actor="system:invite", now=now)
        except RuleBroken as refusal:
            raise CommandError(sentence(refusal)) from refusal
        link = settings.PUBLIC_ORIGIN + reverse("staff:join", args=[made.secret])
        self.stdout.write(_("Link, to be sent: %(link)s") % {"link": link})
        self.stdout.write(_("Word, to be told by telephone: %(word)s") % {"word": made.word})
        self.stdout.write(_("Both are shown here only, and open for seven days."))
