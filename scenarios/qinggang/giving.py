"""Before the Spring Festival: a drive in Zhonghe, goods from a charity and from volunteers (AID-9, AID-10).

No child is named anywhere: what comes in is stock, and what goes out is handed over by number.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random

from scenarios.qinggang.people import Staff
from scenarios.qinggang.register import QINGGANG, YINGCHUN, ZHONGHE
from scenarios.qinggang.times import Times

from mingtian.core.actor import Actor
from mingtian.core.clock import day_of
from mingtian.core.ids import public_id
from mingtian.gifts import actions
from mingtian.gifts.actions import DonorSpec, DriveSpec, GiftSpec, ItemSpec, MoneySpec, PartnerSpec
from mingtian.gifts.models import Item
from mingtian.gifts.rules import DonorKind, Measure, Quantity, Tag

ITEMS: Sequence[tuple[str, str, Measure]] = (
    ("大米", "Rice", Measure.BAG),
    ("白面", "Flour", Measure.BAG),
    ("豆油", "Soybean oil", Measure.BARREL),
    ("棉衣", "Winter coat", Measure.PIECE),
)
CHARITY = DonorSpec(kind=DonorKind.CHARITY, name="晨光慈善会", contact="0455-0000001")
VOLUNTEERS = DonorSpec(
    kind=DonorKind.CHARITY, name="青冈县暖冬志愿服务协会", contact="0455-0000002"
)
DRIVE_YUAN = 12_600


def give(units: Mapping[str, int], staff: Staff, times: Times, rng: Random) -> int:
    """Record what was given; return how many gifts."""
    county, now = units[QINGGANG], times.days_after(10)
    by = Actor(username=staff["qinggang"].username, user_id=staff["qinggang"].pk)
    items = [
        actions.add_item(
            ItemSpec(county_id=county, name=name, measure=measure, name_en=name_en),
            now=now, actor=by,
        )
        for name, name_en, measure in ITEMS
    ]  # fmt: skip
    partner = actions.keep_partner(
        PartnerSpec(county_id=county, name=CHARITY.name, licence="LIC0455",
                    valid_until=day_of(times.now) + timedelta(days=400)),
        now=now, actor=by,
    )  # fmt: skip
    received = day_of(now)
    drive = actions.add_drive(
        DriveSpec(unit_id=units[ZHONGHE], title="人人捐款", plan="自愿捐款，由慈善会收款并出具票据。",
                  tag=Tag.SPRING_FESTIVAL, starts_on=received, ends_on=received + timedelta(days=30),
                  partner=partner),
        now=now, actor=by,
    )  # fmt: skip
    specs = [
        _goods(county, units[YINGCHUN], CHARITY, items, received, rng),
        _goods(county, units[ZHONGHE], VOLUNTEERS, items, received, rng),
        GiftSpec(
            key=public_id(), unit_id=units[ZHONGHE], county_id=county, donor=CHARITY, drive=drive,
            tag=Tag.SPRING_FESTIVAL, received_on=received,
            money=MoneySpec(amount=DRIVE_YUAN * 100, receiver=CHARITY.name, receipt="PJ0001",
                            receipt_on=received),
        ),
    ]  # fmt: skip
    known = {item.public_id: item for item in items}
    for spec in specs:
        actions.record_gift(spec, known, now=now, actor=by)
    return len(specs)


def _goods(
    county: int, unit: int, donor: DonorSpec, items: Sequence[Item], on: date, rng: Random
) -> GiftSpec:
    quantities = [Quantity(item=item.public_id, quantity=20 + rng.randrange(40)) for item in items]
    return GiftSpec(
        key=public_id(), unit_id=unit, county_id=county, donor=donor, tag=Tag.SPRING_FESTIVAL,
        received_on=on, goods=quantities,
    )  # fmt: skip
