"""The city that the tour walks through, with its server, and the keys that its addresses hold."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from scenarios.suihua.city import City, Evening
from scenarios.suihua.doing import Doing
from scenarios.suihua.families import Entry, families_of
from scenarios.suihua.places import CITY, SHANGJIA
from scenarios.suihua.register import ANDA, ZHAODONG
from scenarios.suihua.tree import sector_key

from mingtian.documents.models import Document
from mingtian.groups.models import Entry as BoardEntry
from mingtian.groups.models import Group, Post
from mingtian.meetings.models import FollowUp, Meeting, Talk
from mingtian.people.queries import list_people
from mingtian.readiness.models import Turn
from mingtian.staff.models import Invitation
from mingtian.supervision.models import ContactTask, Ticket, Visit


@dataclass(frozen=True)
class Town:
    """A city on the air at ``origin``, and where in it the tour's pages stand."""

    city: City
    today: date
    origin: str

    @cached_property
    def doing(self) -> Doing:
        return Doing(self.city, self.today)

    @property
    def tonight(self) -> Evening:
        return self.city.evenings[-1]

    @property
    def last(self) -> int:
        """The lecture of the evening before tonight's."""
        return self.city.evenings[-2].lecture_id

    @property
    def frozen(self) -> int:
        """The lecture of the last evening that is frozen."""
        return self.city.evenings[-3].lecture_id

    @cached_property
    def keys(self) -> dict[str, str]:
        """The plan's keys of units by the words that addresses of the tour use."""
        school = self.city.plan.shangjia
        return {
            "city": CITY, "county": ZHAODONG, "education": sector_key(ZHAODONG),
            "township": SHANGJIA, "anda": ANDA, "school": school.key,
            "class": school.rooms[0].key,
        }  # fmt: skip

    def unit(self, word: str) -> str:
        """Return the public id of a unit."""
        return self.doing.unit(self.keys[word]).public_id

    def key(self, word: str) -> int:
        return self.city.units[self.keys[word]]

    @cached_property
    def campaign(self) -> str:
        return self.doing.campaign.public_id

    @cached_property
    def code(self) -> str:
        return self.city.codes[self.keys["class"]]

    @cached_property
    def family(self) -> Entry:
        """A child with a grandmother, who comes tonight."""
        entries = (e for f in families_of(self.city, self.tonight.index) for e in f.entries)
        return next(e for e in entries if "paternal_grandmother" in e.kin and len(e.kin) == 1)

    @cached_property
    def pupil(self) -> str:
        return list_people(self.key("class"), self.today)[0].public_id

    @cached_property
    def document(self) -> str:
        return Document.objects.get(genre="notice", state="issued").public_id

    @cached_property
    def draft(self) -> str:
        return Document.objects.get(state="reviewed").public_id

    @cached_property
    def meeting(self) -> str:
        return Meeting.objects.get(unit_id=self.key("city"), kind="launch").public_id

    @cached_property
    def talk(self) -> str:
        return Talk.objects.get(unit_id=self.key("city"), with_whom="市教育局").public_id

    @cached_property
    def follow_up(self) -> str:
        return FollowUp.objects.filter(unit_id=self.key("county"), state="open")[0].public_id

    def group(self, word: str, audience: str) -> str:
        return Group.objects.get(unit_id=self.key(word), audience=audience).public_id

    @cached_property
    def post(self) -> str:
        return Post.objects.get(source="scenario:city").public_id

    @cached_property
    def entry(self) -> str:
        """A text on a board that waits to be read."""
        found = BoardEntry.objects.filter(group__unit_id=self.key("city"), state="waiting")
        return found[0].public_id

    @cached_property
    def turn(self) -> str:
        turn = Turn.objects.get(lecture_id=self.tonight.lecture_id, place=Turn.FIRST)
        return turn.public_id

    @cached_property
    def task(self) -> str:
        """The call about the fall that nobody has made yet."""
        return ContactTask.objects.get(why="fall", about_id=self.key("township")).public_id

    @cached_property
    def ticket(self) -> str:
        return Ticket.objects.get(task__about_id=self.key("school")).public_id

    @cached_property
    def visit(self) -> str:
        return Visit.objects.get(kind="comprehensive").public_id

    @cached_property
    def invitation(self) -> str:
        return Invitation.objects.get(unit_id=self.key("city")).public_id
