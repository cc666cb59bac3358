"""What each reader finds on the page, and what papers and files hold."""

import csv
import io
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import translation
from docx import Document
from pytest_django import DjangoAssertNumQueries

from mingtian.core.models import AuditEntry
from mingtian.org.actions import PostSpec, give_post
from mingtian.org.rules import Role
from mingtian.papers.paper import Grid
from mingtian.testing.cast import make_staff
from mingtian.yearbook.models import Edition
from mingtian.yearbook.outline import Table
from mingtian.yearbook.tests.conftest import LEFT_BEHIND, ORPHAN, OVER, TODAY, County
from mingtian.yearbook.wording import parts_of

MOST_QUERIES_EXACT, MOST_QUERIES_GIVEN = 19, 15


@pytest.fixture(autouse=True)
def at_the_desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("mingtian.core.clock.now", lambda: TODAY)
    with translation.override("en"):
        yield


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    client.cookies["lang"] = "en"
    return client


def read(client: Client, address: str) -> str:
    reply = client.get(address)
    assert reply.status_code == 200, (address, reply.status_code)
    return reply.content.decode()


def book_of(county: County, unit: str = "county") -> str:
    return f"/desk/yearbook/{getattr(county.tree, unit).public_id}/2023"


def filled(county: County) -> County:
    """Three orphans, ten left-behind children, and ten grants."""
    county.register(3, ORPHAN, born=2013)
    county.pay(county.register(11, LEFT_BEHIND))
    return county


def give_out(county: County) -> None:
    reply = as_(county.office).post(f"{book_of(county)}/give-out")
    assert reply.status_code == 302, reply.content.decode()


def test_the_countys_office_sees_every_number_as_it_is(county: County) -> None:
    page = read(as_(filled(county).office), book_of(county))
    assert "every number as it is" in page
    assert ">14<" in page.replace("\n", "")
    assert ">3</td>" in page
    assert "¥5,500" in page


def test_the_town_sees_its_own_numbers(county: County) -> None:
    page = read(as_(filled(county).town), book_of(county, "town"))
    assert ">3</td>" in page


def test_the_city_sees_nothing_before_the_county_gives_out(county: County) -> None:
    client = as_(filled(county).city)
    assert "Nothing was given out yet" in read(client, book_of(county))
    assert "Nothing was given out yet" in read(client, book_of(county, "town"))
    assert "not given out yet" in read(client, book_of(county, "city"))


@pytest.mark.parametrize("unit", ["county", "town"])
def test_the_city_and_auditors_see_masked_cells(county: County, unit: str) -> None:
    give_out(filled(county))
    for reader in (county.city, county.auditor):
        page = read(as_(reader), book_of(county, unit))
        assert "are shown as *" in page
        assert ">*<" in page
        assert ">3<" not in page
        assert ">14<" not in page


def test_the_citys_table_has_no_sum(county: County) -> None:
    give_out(filled(county))
    page = read(as_(county.city), book_of(county, "city"))
    assert "¥6,000" in page
    assert "not given out yet" in page
    assert "Together" not in page


def test_a_town_leads_to_the_papers_of_its_county(county: County) -> None:
    give_out(filled(county))
    page = read(as_(county.city), book_of(county, "town"))
    assert f"{book_of(county)}/paper.pdf" in page
    assert "Aid by scheme" not in page, "the grants are the school's"


def test_grants_are_told_by_term_also_where_they_are_masked(county: County) -> None:
    give_out(filled(county))
    for reader, said in ((county.office, "¥5,500"), (county.city, "¥6,000")):
        page = read(as_(reader), book_of(county))
        assert "autumn 2023 · Boarders&#x27; living subsidy" in page
        assert "all schemes" not in page
        assert said in page


def test_files_are_masked_whoever_takes_them(county: County) -> None:
    give_out(filled(county))
    for reader in (county.office, county.city):
        reply = as_(reader).get(f"{book_of(county)}/figures.csv")
        rows = list(csv.reader(io.StringIO(reply.content.decode("utf-8-sig"))))
        (orphans,) = [row for row in rows if row[:1] == ["Hekou Town"]]
        assert "*" in orphans
        assert "3" not in orphans
        assert "11" not in orphans
        assert any(Edition.objects.get().digest in row for row in rows)
    assert AuditEntry.objects.filter(action="yearbook.taken_out").count() == 2


def test_the_workbook_opens(county: County) -> None:
    give_out(filled(county))
    reply = as_(county.office).get(f"{book_of(county)}/figures.xlsx")
    assert reply.content[:2] == b"PK"


def test_the_paper_is_masked_and_bears_the_end_of_the_books(county: County) -> None:
    give_out(filled(county))
    reply = as_(county.city).get(f"{book_of(county)}/paper.docx")
    document = Document(io.BytesIO(reply.content))
    text = "\n".join(each.text for each in document.paragraphs)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    head = Edition.objects.get().book_head
    assert head in text.replace(" ", "")
    assert "*" in cells
    assert "3" not in cells
    assert "14" not in cells
    assert "不以两个“超过”的数字计算平均数" in text


def test_the_paper_of_a_year_without_entries_says_so_under_no_empty_heading(
    county: County,
) -> None:
    give_out(county)
    reply = as_(county.office).get(f"{book_of(county)}/paper.docx")
    text = [each.text for each in Document(io.BytesIO(reply.content)).paragraphs]
    assert "本年度没有已登记的数据。" in text
    assert [each for each in text if each.endswith(("总体情况", "分项情况"))] == []


def test_a_wide_table_goes_on_paper_in_parts_of_like_width() -> None:
    heads = ["地点", *(f"类{number}" for number in range(1, 8))]
    wide = Table(key="k", title="表", heads=heads, rows=[["北城街道", *map(str, range(1, 8))]])

    parts = [block.rows for block in parts_of(wide) if isinstance(block, Grid)]

    assert [len(rows[0]) for rows in parts] == [4, 5]
    assert [rows[1][0] for rows in parts] == ["北城街道", "北城街道"]
    assert [cell for rows in parts for cell in rows[1][1:]] == list("1234567")
    narrow = Table(key="k", title="表", heads=heads[:6], rows=[])
    assert len(parts_of(narrow)) == 1


def test_the_paper_is_drawn_as_pdf(county: County) -> None:
    give_out(filled(county))
    reply = as_(county.office).get(f"{book_of(county)}/paper.pdf")
    assert reply.content[:5] == b"%PDF-"
    assert as_(county.office).get(f"{book_of(county)}/paper.exe").status_code == 404


def test_a_paper_is_made_of_what_was_given_out_alone(county: County) -> None:
    assert as_(filled(county).office).get(f"{book_of(county)}/paper.docx").status_code == 404


def test_a_running_year_is_not_closed_and_the_page_says_why(county: County) -> None:
    reply = as_(county.office).post(f"{book_of(county)}/give-out", {"closing": "yes"})
    assert reply.status_code == 422
    assert 'runs until <span class="nowrap">2024-02-29' in reply.content.decode()


def test_a_closed_year_says_so(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    client = as_(filled(county).office)
    monkeypatch.setattr("mingtian.core.clock.now", lambda: OVER)
    assert client.post(f"{book_of(county)}/give-out", {"closing": "yes"}).status_code == 302
    page = read(client, book_of(county))
    assert "frozen" in page
    assert "Close the year" not in page
    assert client.post(f"{book_of(county)}/give-out").status_code == 422


def test_a_double_click_gives_out_once(county: County) -> None:
    give_out(filled(county))
    give_out(county)
    assert Edition.objects.count() == 1


def test_checks_say_what_does_not_add_up(county: County) -> None:
    county.register(2, ORPHAN, LEFT_BEHIND, born=2013)
    page = read(as_(filled(county).office), f"{book_of(county)}/checks")
    assert "are in more than one category" in page
    assert "half a year&#x27;s rate: can be" in page


def test_what_is_given_out_as_about_is_not_said_to_be_more(county: County) -> None:
    """23 grants of ¥500 are ¥11,500: about ¥12,000, and never more."""
    county.pay(county.register(23, LEFT_BEHIND))
    page = read(as_(county.office), f"{book_of(county)}/checks")
    assert "“about ¥12,000” and “more than 20 children”" in page


def test_a_year_without_a_book_is_not_found(county: County) -> None:
    client = as_(county.office)
    address = f"/desk/yearbook/{county.tree.county.public_id}"
    assert client.get(f"{address}/2024").status_code == 404
    assert client.get(f"{address}/1999").status_code == 404
    assert client.get(f"{address}/2022").status_code == 200


def test_several_posts_let_choose(county: County) -> None:
    both = make_staff("both", county.tree.county, Role.OFFICE)
    assert as_(both).get("/desk/yearbook/").status_code == 302
    give_post(spec=PostSpec(user=both, unit=county.tree.far_county, role=Role.OFFICE),
              starts_on=TODAY.date(), actor="system:test", now=TODAY)  # fmt: skip
    page = read(as_(both), "/desk/yearbook/")
    assert "Anping County" in page
    assert "Beihe County" in page


@pytest.mark.parametrize("reader", ["office", "city"])
def test_statements_do_not_grow_with_children_or_grants(
    county: County, reader: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    give_out(filled(county))
    most = MOST_QUERIES_EXACT if reader == "office" else MOST_QUERIES_GIVEN
    client = as_(getattr(county, reader))
    for _ in range(2):
        with django_assert_max_num_queries(most):
            read(client, book_of(county))
        county.pay(county.register(12, LEFT_BEHIND))


def test_chinese_readers_find_chinese(county: County) -> None:
    client = as_(filled(county).office)
    client.cookies["lang"] = "zh-hans"
    page = read(client, book_of(county))
    assert "关爱年度" in page
    assert "留守" in page
