"""A county's office, a town's, a case worker with children, a helper; rice and coats in stock."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import pytest
from django.contrib.auth.models import User

from mingtian.children.rules import ConsentPurpose
from mingtian.core.actor import Actor
from mingtian.core.ids import public_id
from mingtian.gifts import actions
from mingtian.gifts.actions import (
    DonorSpec,
    GiftSpec,
    ItemSpec,
    MoneySpec,
    MoveSpec,
    PartnerSpec,
    RoundSpec,
)
from mingtian.gifts.models import Gift, HandOver, Item, Move, Need, Partner, Round
from mingtian.gifts.queries.stock import list_stock
from mingtian.gifts.rules import DonorKind, LossReason, Measure, MoveKind, Quantity, Tag, Thing
from mingtian.org.models import Unit
from mingtian.org.rules import Role
from mingtian.testing.cast import make_staff
from mingtian.testing.children import make_child, make_worker
from mingtian.testing.make import NOW, Tree, make_tree
from mingtian.vault.access import enter
from mingtian.vault.actions import give_part
from mingtian.vault.models import Child
from mingtian.vault.rules import Part, Purpose

TODAY = date(2023, 9, 18)
DONOR = DonorSpec(kind=DonorKind.CHARITY, name="春晖慈善会", contact="0455-1234567")
MONEY = MoneySpec(amount=5_000_00, receiver="岚山市慈善总会", receipt="A0017", receipt_on=TODAY)


@dataclass
class Place:
    """The small world with stock at the town; ``child`` lives in the village and agrees to sharing."""

    tree: Tree
    office: User
    town: User
    worker: User
    helper: User
    rice: Item
    coat: Item
    children: list[int] = field(default_factory=list)

    def by(self, user: User) -> Actor:
        return Actor(username=user.username, user_id=user.pk)

    def items(self) -> dict[str, Item]:
        return {item.public_id: item for item in Item.objects.all()}

    def receive(
        self, rice: int = 10, coats: int = 0, *, unit: Unit | None = None, key: str = "",
        donor: DonorSpec = DONOR,
    ) -> Gift:  # fmt: skip
        goods = [(self.rice, rice), (self.coat, coats)]
        spec = GiftSpec(
            key=key or public_id(), unit_id=(unit or self.tree.town).pk,
            county_id=self.tree.county.pk, donor=donor, tag=Tag.SPRING_FESTIVAL, received_on=TODAY,
            goods=[Quantity(item=i.public_id, quantity=n) for i, n in goods if n],
        )  # fmt: skip
        return actions.record_gift(spec, self.items(), now=NOW, actor=self.by(self.town))

    def receive_money(self, money: MoneySpec = MONEY) -> Gift:
        spec = GiftSpec(
            key=public_id(), unit_id=self.tree.town.pk, county_id=self.tree.county.pk, donor=DONOR,
            tag=Tag.OTHER, received_on=TODAY, money=money,
        )  # fmt: skip
        return actions.record_gift(spec, {}, now=NOW, actor=self.by(self.town))

    def there(self, item: Item | None = None, unit: Unit | None = None) -> int:
        rows = list_stock([self.tree.county.pk], [(unit or self.tree.town).pk])
        wanted = (item or self.rice).pk
        return next((row.there for row in rows if row.item.pk == wanted), 0)

    def move(
        self, kind: MoveKind, quantity: int, *, to: Unit | None = None, key: str = "",
        unit: Unit | None = None, reason: LossReason | None = LossReason.DAMAGED,
    ) -> Move:  # fmt: skip
        spec = MoveSpec(
            key=key or public_id(), kind=kind, unit_id=(unit or self.tree.town).pk, item=self.rice,
            quantity=quantity, to_unit_id=to.pk if to else None, reason=reason,
        )  # fmt: skip
        return actions.move_stock(spec, now=NOW, actor=self.by(self.town))

    def child(self, **said: object) -> Child:
        """Have the case worker register one more child whose family agrees to passing needs on."""
        said.setdefault("consents", [ConsentPurpose.SHARING, ConsentPurpose.HELPING])
        made = make_child(self.worker, self.tree.village, self.tree.school, **said)  # type: ignore[arg-type]
        self.children.append(made.id)
        with enter(self.worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
            return door.child(made.public_id)

    def help(self, child: Child, who: User | None = None) -> None:
        with enter(self.worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
            give_part(
                door,
                child.pk,
                user_id=(who or self.helper).pk,
                part=Part.HELPER,
                source=f"test:{child.public_id}",
            )

    def round(self) -> Round:
        spec = RoundSpec(
            unit_id=self.tree.town.pk, county_id=self.tree.county.pk, title="春节慰问",
            tag=Tag.SPRING_FESTIVAL, goes_on=TODAY,
        )  # fmt: skip
        return actions.open_round(spec, now=NOW, actor=self.by(self.town))

    def plan(
        self, child: Child | str, wanted: Sequence[tuple[Item, int]] = (), *, by: User | None = None
    ) -> HandOver:
        number = child if isinstance(child, str) else child.public_id
        quantities = [
            Quantity(item=item.public_id, quantity=n) for item, n in wanted or [(self.rice, 2)]
        ]
        going, items = self.round(), self.items()
        with enter(by or self.town, now=NOW, purpose=Purpose.AID) as door:
            return actions.plan(door, going, number, quantities, items)

    def need(self, child: Child, thing: Thing = Thing.COAT, **said: str) -> Need:
        with enter(self.worker, now=NOW, purpose=Purpose.CASE_WORK) as door:
            return actions.write_need(door, child, thing, **said)

    def release(self, need: Need, by: User | None = None) -> bool:
        with enter(by or self.town, now=NOW, purpose=Purpose.AID) as door:
            return actions.release_need(door, need)

    def partner(self, licence: str = "L-2023-1", valid_until: date = date(2024, 9, 1)) -> Partner:
        spec = PartnerSpec(
            county_id=self.tree.county.pk,
            name="岚山市慈善总会",
            licence=licence,
            valid_until=valid_until,
        )
        return actions.keep_partner(spec, now=NOW, actor=self.by(self.office))


def make_place() -> Place:
    tree = make_tree()
    office = make_staff("gifts_office", tree.county, Role.OFFICE)
    by = Actor(username=office.username, user_id=office.pk)
    rice, coat = (
        actions.add_item(
            ItemSpec(county_id=tree.county.pk, name=name, name_en=name_en, measure=measure),
            now=NOW, actor=by,
        )
        for name, name_en, measure in (
            ("大米", "rice", Measure.BAG), ("棉衣", "winter coat", Measure.PIECE),
        )
    )  # fmt: skip
    return Place(
        tree=tree, office=office, town=make_staff("gifts_town", tree.town, Role.OFFICE),
        worker=make_worker(tree.village, "gifts_worker"),
        helper=make_staff("gifts_helper", tree.village, Role.HELPER), rice=rice, coat=coat,
    )  # fmt: skip


@pytest.fixture
def place(db: None) -> Place:
    return make_place()
