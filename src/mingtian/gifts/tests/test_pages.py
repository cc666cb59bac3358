"""Pages of gifts: recording, papers, the round to the door, the list for a partner."""

import io

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from mingtian.core.ids import public_id
from mingtian.gifts.models import Drive, Gift, HandOver, Item
from mingtian.gifts.receipts import list_for
from mingtian.gifts.rules import HandState, Measure
from mingtian.gifts.tests.conftest import DONOR, TODAY, Place
from mingtian.gifts.words import MEASURES, how_many
from mingtian.org.queries import unit_rows
from mingtian.org.rules import Role
from mingtian.papers.paper import Grid, Paragraph
from mingtian.testing.cast import make_staff
from mingtian.testing.children import NAME
from mingtian.testing.make import NOW
from mingtian.vault.access import keep


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mingtian.core.clock.now", lambda: NOW)


def client(user: User, language: str = "en") -> Client:
    one = Client(headers={"accept-language": language})
    one.force_login(user)
    return one


def rows_of(content: bytes) -> list[list[object]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return [list(row) for row in book.get_sheet_by_index(0).to_python()]


def goods(place: Place, **sent: object) -> dict[str, object]:
    return {
        "key": public_id(), "unit": place.tree.town.public_id, "donor": "", "donor_name": "春晖慈善会",
        "donor_kind": "charity", "tag": "spring_festival", "received_on": "2023-09-18",
        "item1": place.rice.public_id, "quantity1": "20", "value1": "1,600", **sent,
    }  # fmt: skip


def test_goods_are_recorded_once_and_the_receipt_says_what_the_law_wants(place: Place) -> None:
    desk, sent = client(place.town), goods(place)
    for _ in range(2):
        reply = desk.post(reverse("gifts:new", args=["goods"]), sent)
        assert reply.status_code == 302
    gift = Gift.objects.get()
    assert place.there() == 20
    place.town.first_name = "春望"
    place.town.save(update_fields=["first_name"])

    page = desk.get(reverse("gifts:gift", args=[gift.public_id])).content.decode()
    assert "rice: 20 bags" in page
    stock = desk.get(reverse("gifts:index")).content.decode()
    assert '<th scope="col" class="number">There</th>' in stock
    assert '<td data-label="There" class="number"><span>20</span></td>' in stock
    assert '<td data-label="Counted in"><span>bags</span></td>' in stock
    docx = desk.get(reverse("gifts:receipt", args=[gift.public_id, "docx"]))
    pdf = desk.get(reverse("gifts:receipt", args=[gift.public_id, "pdf"]))
    assert docx.status_code == 200
    assert pdf.content.startswith(b"%PDF")
    from docx import Document

    made = Document(io.BytesIO(docx.content))
    words = "\n".join(p.text for p in made.paragraphs)
    cells = [cell.text for row in made.tables[-1].rows for cell in row.cells]
    assert "春晖慈善会" in words
    assert "2023年9月18日" in words
    assert cells[4:8] == ["大米", "20", "袋", "1,600.00"]
    assert "经手人：春望" in words


def test_what_was_typed_stays_when_refused(place: Place) -> None:
    desk = client(place.town)
    reply = desk.post(reverse("gifts:new", args=["goods"]), goods(place, donor_name=" "))
    assert reply.status_code == 422
    assert "gifts_name_missing" in reply.content.decode()
    assert 'value="20"' in reply.content.decode()
    assert Gift.objects.count() == 0


def test_the_page_for_money_says_that_the_product_takes_none(place: Place) -> None:
    desk = client(place.town)
    assert "takes no money" in desk.get(reverse("gifts:new", args=["money"])).content.decode()
    sent = goods(place) | {
        "amount": "5000", "receiver": "岚山市慈善总会", "receipt": "A0017", "receipt_on": "2023-09-18",
    }  # fmt: skip
    assert desk.post(reverse("gifts:new", args=["money"]), sent).status_code == 302
    gift = Gift.objects.get()
    assert (gift.amount, gift.lines.count()) == (5_000_00, 0)
    statement = reverse("gifts:statement", args=[gift.donor.public_id, "docx"])
    reply = desk.get(statement)
    assert reply.status_code == 200
    from docx import Document

    made = Document(io.BytesIO(reply.content))
    words = [p.text for p in made.paragraphs]
    assert words.count("捐赠清单") == 1, "the title alone, not in the mark as well"
    assert any(text.endswith("共登记捐赠1笔，其中款项合计人民币5,000.00元。") for text in words)
    number, day, what = (cell.text for cell in made.tables[0].rows[1].cells)
    assert (number, day) == ("2023-0001", "2023年9月18日")
    assert what == "款项人民币5,000.00元，由岚山市慈善总会收取，票据号A0017"


def test_a_drive_has_no_quota_and_no_unlicensed_partner(place: Place) -> None:
    desk = client(place.office)
    licensed = place.partner()
    sent = {
        "unit": place.tree.county.public_id, "title": "人人捐款", "tag": "winter", "partner": licensed.public_id,
        "starts_on": "2023-09-18", "ends_on": "2023-09-30", "plan": "每人不少于10元",
    }  # fmt: skip
    refused = desk.post(reverse("gifts:drives"), sent)
    assert "gifts_quota" in refused.content.decode()
    assert "Charity Law 32" in refused.content.decode()
    turned = desk.post(reverse("gifts:drives"), sent | {"plan": "自愿", "ends_on": "2023-09-01"})
    assert "gifts_days_turned" in turned.content.decode()
    for _ in range(2):
        assert (
            desk.post(reverse("gifts:drives"), sent | {"plan": "自愿捐赠冬衣"}).status_code == 302
        )
    assert Drive.objects.count() == 1
    place.partner(licence="")
    reply = desk.post(reverse("gifts:drives"), sent | {"plan": "自愿", "title": "又一次"})
    assert "gifts_partner_unlicensed" in reply.content.decode()


def test_from_the_list_to_the_door_and_the_second_person(place: Place) -> None:
    place.receive(10)
    child = place.child()
    place.help(child)
    office, helper = client(place.town), client(place.helper)
    going = place.round()
    sent = {"child": child.public_id.upper(), "item1": place.rice.public_id, "quantity1": "2"}
    assert office.post(reverse("gifts:round", args=[going.public_id]), sent).status_code == 302
    page = office.get(reverse("gifts:round", args=[going.public_id])).content.decode()
    assert child.public_id in page
    assert NAME not in page
    with keep("look"):
        row = HandOver.objects.get()
    assert helper.get(reverse("gifts:index")).status_code == 302
    assert NAME in helper.get(reverse("gifts:carry")).content.decode()
    own = reverse("gifts:hand-over", args=[row.public_id])
    assert NAME in helper.get(own).content.decode()
    assert office.get(own).status_code == 404
    for _ in range(2):
        assert helper.post(own, {"way": "second", "signer": ""}).status_code == 302
    own_confirm = helper.post(reverse("gifts:confirm", args=[row.public_id]))
    assert "gifts_own_hand_over" in own_confirm.content.decode()
    assert child.public_id in office.get(reverse("gifts:confirming")).content.decode()
    for _ in range(2):
        assert office.post(reverse("gifts:confirm", args=[row.public_id])).status_code == 302
    with keep("look"):
        assert HandOver.objects.get().state == HandState.CONFIRMED
    assert place.there() == 8


def test_the_office_undoes_a_hand_over_on_its_page_and_sees_what_was_signed(place: Place) -> None:
    place.receive(10)
    child = place.child()
    row = place.plan(child, [(place.rice, 1)])
    office, worker = client(place.town), client(place.worker)
    address = reverse("gifts:sign-off", args=[row.public_id])
    listed = office.get(reverse("gifts:round", args=[place.round().public_id])).content.decode()
    assert address in listed
    assert "Take off the list" in office.get(address).content.decode()
    undoing = reverse("gifts:hand-undo", args=[row.public_id])
    early = office.post(undoing, {"reason": "not_handed"})
    assert (early.status_code, "gifts_not_handed_over" in early.content.decode()) == (422, True)
    own = reverse("gifts:hand-over", args=[row.public_id])
    assert worker.post(own, {"way": "signed", "signer": "何安和"}).status_code == 302
    assert worker.post(undoing, {"reason": "not_handed"}).status_code == 404
    page = office.get(address).content.decode()
    assert "rice: 1 bag<" in page
    assert NAME not in page
    assert "何安和" not in page
    unsaid = office.post(undoing)
    assert (unsaid.status_code, "gifts_reason_missing" in unsaid.content.decode()) == (422, True)
    for _ in range(2):
        assert office.post(undoing, {"reason": "not_handed"}).status_code == 302
    page = office.get(address).content.decode()
    assert "Nothing was handed over" in page
    assert 'gifts_worker · <span class="nowrap">2023' in page
    assert "Undo this hand-over" not in page
    assert "何安和" in worker.get(own).content.decode()
    printed = office.get(reverse("gifts:round-file", args=[place.round().public_id, "csv"]))
    assert child.public_id not in printed.content.decode()
    assert place.there() == 10


@pytest.mark.parametrize("measure", list(Measure))
def test_one_of_a_thing_is_said_as_one(measure: Measure) -> None:
    item = Item(name="物", name_en="thing", measure=measure.value)
    with override("en"):
        assert (how_many(item, 1), how_many(item, 2)) == (
            f"thing: 1 {str(MEASURES[measure])[: -2 if measure is Measure.BOX else -1]}",
            f"thing: 2 {MEASURES[measure]}",
        )
    with override("zh-hans"):
        assert how_many(item, 1) == f"物 1 {MEASURES[measure]}"


def test_the_printed_list_bears_numbers_and_no_name(place: Place) -> None:
    place.receive(10)
    child = place.child()
    place.plan(child)
    desk = client(place.town)
    for form in ("pdf", "docx", "xlsx"):
        reply = desk.get(reverse("gifts:round-file", args=[place.round().public_id, form]))
        assert reply.status_code == 200
        assert NAME.encode() not in reply.content
    assert rows_of(reply.content)[1][:2] == [child.public_id, "rice: 2 bags"]


def test_a_partner_gets_codes_as_a_file_and_an_unlicensed_one_a_reason(place: Place) -> None:
    child = place.child()
    worker, office = client(place.worker), client(place.office)
    sent = {"child": child.public_id, "thing": "coat", "size": "140", "note": "给何思远"}
    refused = worker.post(reverse("gifts:need-new"), sent).content.decode()
    assert "gifts_tells_too_much" in refused
    assert worker.post(reverse("gifts:need-new"), sent | {"note": "深色"}).status_code == 302
    with keep("look"):
        from mingtian.gifts.models import Need

        need = Need.objects.get()
    assert office.post(reverse("gifts:release", args=[need.public_id])).status_code == 302
    partner = place.partner()
    reply = office.post(reverse("gifts:hand-out", args=[partner.public_id, "xlsx"]))
    assert rows_of(reply.content)[1] == [need.code, "棉衣", "140", "深色", "某县"]
    pdf = office.post(reverse("gifts:hand-out", args=[partner.public_id, "pdf"]))
    assert pdf.content.startswith(b"%PDF")
    place.partner(licence="")
    reply = office.post(reverse("gifts:hand-out", args=[partner.public_id, "xlsx"]))
    assert (reply.status_code, "gifts_partner_unlicensed" in reply.content.decode()) == (422, True)


PAGES = ("index", "list", "donors", "drives", "partners", "rounds", "needs", "items", "move",
         "confirming")  # fmt: skip


def test_pages_take_as_many_statements_for_one_as_for_many(
    place: Place, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    desk, made = client(place.office), 0
    counted: dict[str, set[int]] = {}
    for size in (1, 4):
        while made < size:
            place.receive(5, 5)
            child = place.child(name=f"林{'甲乙丙丁'[made]}安")
            place.plan(child, [(place.rice, 1), (place.coat, 1)])
            place.need(child)
            made += 1
        for name in PAGES:
            with django_assert_max_num_queries(15, info=name) as queries:
                assert desk.get(reverse(f"gifts:{name}")).status_code == 200
            counted.setdefault(name, set()).add(len(queries))
        address = reverse("gifts:round", args=[place.round().public_id])
        with django_assert_max_num_queries(15):
            desk.get(address)
    assert {name: found for name, found in counted.items() if len(found) > 1} == {}


def test_a_canary_stands_in_no_page_file_or_log_of_the_office(
    place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    canary, donor = "薛镜台", "金丝雀"
    place.receive(10, donor=DONOR.__class__(kind=DONOR.kind, name=donor, unnamed=True))
    child = place.child(name=canary)
    row = place.plan(child)
    place.release(place.need(child, size="140"))
    place.partner()
    desk = client(place.office, "zh-hans")
    seen = [desk.get(reverse(f"gifts:{name}")).content.decode() for name in PAGES]
    seen += [
        desk.get(reverse("gifts:round", args=[place.round().public_id])).content.decode(),
        desk.get(reverse("gifts:list-file", args=["csv"])).content.decode(),
        desk.get(reverse("gifts:stock-file", args=["csv"])).content.decode(),
        desk.get(
            reverse("gifts:round-file", args=[place.round().public_id, "csv"])
        ).content.decode(),
        desk.get(reverse("gifts:hand-over", args=[row.public_id])).content.decode(),
        caplog.text,
    ]
    assert not [text for text in seen if canary in text]
    without_donors = [text for name, text in zip(PAGES, seen, strict=False) if name != "donors"]
    assert not [text for text in without_donors if donor in text]
    assert TODAY.year == 2023


def test_cells_that_begin_like_a_formula_are_text(place: Place) -> None:
    place.receive(1, donor=DONOR.__class__(kind=DONOR.kind, name="=1+1"))
    text = client(place.town).get(reverse("gifts:list-file", args=["csv"])).content.decode()
    assert ",=1+1" not in text
    assert "'=1+1" in text


def test_a_list_on_which_nothing_stands_says_so_in_a_sentence(place: Place) -> None:
    partner = place.partner()
    unit = unit_rows([place.tree.county.pk], TODAY)[place.tree.county.pk]

    made = list_for(partner, [], unit, TODAY)

    assert not any(isinstance(block, Grid) for block in made.body)
    assert isinstance(made.body[-1], Paragraph)
    assert made.body[-1].text == "目前没有需要帮助的需求。"


def test_who_has_one_place_alone_is_offered_no_other(place: Place) -> None:
    address, key = reverse("gifts:move"), public_id()
    assert "Take to another place" in client(place.town).get(address).content.decode()
    alone = client(make_staff("village", place.tree.village, Role.OFFICE))
    page = alone.get(address).content.decode()
    assert "Take to another place" not in page
    assert "To which place" not in page
    sent = {"key": key, "unit": place.tree.village.public_id, "item": place.rice.public_id}
    counted = alone.post(address, {**sent, "kind": "count", "quantity": "4"})
    assert counted.status_code == 302
    assert place.there(unit=place.tree.village) == 4
