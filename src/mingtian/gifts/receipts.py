"""Papers about gifts: receipt, donor's statement, lists. In Chinese, whatever the reader's language."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils import translation

from mingtian.core.money import in_yuan
from mingtian.documents.queries import letterhead_of
from mingtian.gifts.models import Partner, Round
from mingtian.gifts.queries.gifts import DonorRow, GiftRow
from mingtian.gifts.queries.handing import HandRow
from mingtian.gifts.queries.needs import ListedNeed
from mingtian.gifts.rules import GiftKind, Measure
from mingtian.gifts.words import MEASURES, TAGS, THINGS, donor_name
from mingtian.org.queries import UnitRow
from mingtian.papers.paper import Block, Grid, Paper, Paragraph, Shape, day_in_words

NO_MONEY = (
    "本系统不收取任何款项，仅登记依法具有公开募捐资格的慈善组织或本单位银行账户已收到的捐赠。"
)


def receipt_of(gift: GiftRow, unit: UnitRow, day: date) -> Paper:
    """Return the receipt of a gift: kind, quantity, names, date (Charity Law 38)."""
    with translation.override("zh-hans"):
        return _paper(unit, day, title="捐赠收据", body=[
            Paragraph(text=f"收据编号：{gift.number}　　捐赠人：{donor_name(gift.donor)}"),
            Paragraph(
                text=f"{day_in_words(gift.received_on)}，捐赠人捐赠"
                f"{'款项' if gift.kind is GiftKind.MONEY else '下列物品'}，用于帮助困境儿童"
                f"（事由：{TAGS[gift.tag]}）。"
            ),
            *_what(gift),
            Paragraph(text=f"经手人：{gift.noted_by}。衷心感谢您对下一代的关心。"),
        ])  # fmt: skip


def statement_of(donor: DonorRow, gifts: Sequence[GiftRow], unit: UnitRow, day: date) -> Paper:
    """Return all that a donor gave and that stands, for the donor."""
    with translation.override("zh-hans"):
        rows = [[gift.number, day_in_words(gift.received_on), _in_words(gift)] for gift in gifts]
        money = sum(gift.amount or 0 for gift in gifts)
        summed = f"，其中款项合计{_renminbi(money)}" if money else ""
        return _paper(unit, day, title="捐赠清单", body=[
            Paragraph(text=f"捐赠人：{donor_name(donor)}"),
            Paragraph(text=f"截至{day_in_words(day)}，共登记捐赠{len(gifts)}笔{summed}。"),
            *_table(["编号", "日期", "内容"], rows),
        ])  # fmt: skip


def list_of_round(round_: Round, rows: Iterable[HandRow], unit: UnitRow) -> Paper:
    """Return the list for a round of visits: numbers and things, room to sign. No name, no reason."""
    with translation.override("zh-hans"):
        cells = [
            [str(number), row.child, things_of(row), "　　　　　　"]
            for number, row in enumerate(rows, start=1)
        ]
        return _paper(unit, round_.goes_on, title=f"{round_.title}物品发放清单", body=[
            Paragraph(text=f"日期：{day_in_words(round_.goes_on)}。本清单只列编号，请妥善保管，不得张贴、拍照或转发。"),
            *_table(["序号", "编号", "物品", "签收"], cells, nothing="清单上还没有物品。"),
        ])  # fmt: skip


def list_for(partner: Partner, needs: Sequence[ListedNeed], unit: UnitRow, day: date) -> Paper:
    """Return the list of needs for a partner, by code."""
    with translation.override("zh-hans"):
        head, *cells = need_cells(needs)
        return _paper(unit, day, title="需求清单", addressee=partner.name, body=[
            Paragraph(
                text=f"公开募捐资格证书编号：{partner.licence}。以下需求均已征得同意，只用代码，不得用于识别"
                "儿童身份，不得公开发布。代码撤下后请立即停止使用。"
            ),
            *_table(head, cells, nothing="目前没有需要帮助的需求。"),
        ])  # fmt: skip


def need_cells(needs: Sequence[ListedNeed]) -> list[list[str]]:
    """Return a partner's list as rows of a table, its head first."""
    with translation.override("zh-hans"):
        rows = [["代码", "物品", "尺码", "要求", "地区"]]
        rows += [
            [each.code, str(THINGS[each.thing]), each.size or "—", each.note or "—",
             each.county or "某县"]
            for each in needs
        ]  # fmt: skip
    return rows


def things_of(row: HandRow) -> str:
    """Say what a hand-over holds, in Chinese: 大米 2 袋、棉衣 1 件."""
    return "、".join(
        f"{item.name}{quantity}{MEASURES[Measure(item.measure)]}" for item, quantity in row.lines
    )


def _what(gift: GiftRow) -> list[Block]:
    if gift.kind is GiftKind.MONEY:
        assert gift.receipt_on is not None
        return [
            Paragraph(
                text=f"金额：{_renminbi(gift.amount or 0)}。款项由{gift.receiver}收取，"
                f"票据号{gift.receipt}，{day_in_words(gift.receipt_on)}开具。"
            ),
            Paragraph(text=NO_MONEY),
        ]
    rows = [["物品", "数量", "单位", "估值（元）"]]
    for line in gift.lines:
        worth = f"{in_yuan(line.value):,}" if line.value is not None else "—"
        rows.append([line.item.name, f"{line.quantity:,}",
                     str(MEASURES[Measure(line.item.measure)]), worth])  # fmt: skip
    return [Grid(rows=rows)]


def _in_words(gift: GiftRow) -> str:
    if gift.kind is GiftKind.MONEY:
        return f"款项{_renminbi(gift.amount or 0)}，由{gift.receiver}收取，票据号{gift.receipt}"
    return "、".join(
        f"{line.item.name}{line.quantity:,}{MEASURES[Measure(line.item.measure)]}"
        for line in gift.lines
    )


def _renminbi(fen: int) -> str:
    return f"人民币{in_yuan(fen):,}元"


def _table(head: list[str], rows: Sequence[list[str]], *, nothing: str = "") -> list[Block]:
    """Return a table, or a sentence in its place where it has no rows."""
    if rows:
        return [Grid(rows=[head, *rows])]
    return [Paragraph(text=nothing)] if nothing else []


def _paper(
    unit: UnitRow, day: date, *, title: str, body: Sequence[Block], addressee: str = ""
) -> Paper:
    mark = letterhead_of(unit).mark
    return Paper(
        mark=mark, form="", shape=Shape.LETTER, number="", title=title, addressee=addressee, body=body,
        issuers=[mark], issued_on=day,
    )  # fmt: skip
