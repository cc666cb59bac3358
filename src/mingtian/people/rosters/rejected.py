"""The refused rows as a workbook: as uploaded, with a column saying why, ready to be mended."""

import io
from collections import defaultdict

import xlsxwriter
from django.utils.translation import gettext, pgettext

from mingtian.core.errors import RuleBroken
from mingtian.people.rosters.plan import Plan, Problem
from mingtian.web.refusals import sentence

WIDEST = 24


def problem_sentence(problem: Problem) -> str:
    """Say in the reader's language what is wrong with the row and what to do."""
    return sentence(RuleBroken(problem.code, **problem.facts))


def rejected_workbook(plan: Plan) -> bytes:
    """Return an XLSX file with the refused rows in the reader's language.

    Every cell is written as text, so a cell that looks like a formula stays one of letters.
    """
    reasons: dict[int, list[str]] = defaultdict(list)
    for problem in plan.problems:
        reasons[problem.row].append(problem_sentence(problem))
    target = io.BytesIO()
    workbook = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False})
    page = workbook.add_worksheet()
    head = workbook.add_format({"bold": True, "bottom": 1})
    wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
    headings = [gettext("Why this row was refused"), gettext("Row"), *plan.sheet.headings]
    for column, heading in enumerate(headings):
        page.write_string(0, column, heading, head)
    for line, row in enumerate(sorted(reasons), start=1):
        page.write_string(line, 0, " ".join(reasons[row]), wrapped)
        page.write_string(line, 1, str(row))
        for column, cell in enumerate(plan.cells(row), start=2):
            page.write_string(line, column, cell)
    page.set_column(0, 0, 60)
    page.set_column(1, len(headings) - 1, WIDEST / 2)
    page.freeze_panes(1, 0)
    workbook.close()
    return target.getvalue()


def blank_workbook() -> bytes:
    """Return an empty roster with headings in the reader's language, all columns as text."""
    target = io.BytesIO()
    workbook = xlsxwriter.Workbook(target, {"in_memory": True})
    page = workbook.add_worksheet()
    head = workbook.add_format({"bold": True, "bottom": 1})
    # As text, so that 007 stays 007.
    page.set_column(0, 4, WIDEST, workbook.add_format({"num_format": "@"}))
    for column, heading in enumerate(_blank_headings()):
        page.write_string(0, column, heading, head)
    page.freeze_panes(1, 0)
    workbook.close()
    return target.getvalue()


def _blank_headings() -> list[str]:
    # In Chinese these must be words that the heading row is known by.
    return [
        pgettext("heading of a roster", "School"),
        pgettext("heading of a roster", "Grade"),
        pgettext("heading of a roster", "Class"),
        pgettext("heading of a roster", "Number"),
        pgettext("heading of a roster", "Name"),
    ]
