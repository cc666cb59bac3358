"""Two at once, each on a connection of its own: no gap, no number twice, one document."""

import threading
from collections.abc import Callable

from django.db import connection

from mingtian.documents import actions
from mingtian.documents.actions import Ready
from mingtian.documents.models import Document, Receipt, Register
from mingtian.documents.tests.conftest import LATER, Office, make_office
from mingtian.papers.paper import Paragraph
from mingtian.testing.make import NOW

AT_ONCE = 2
ROUNDS = 4


def together(*acts: Callable[[], object]) -> None:
    """Run them at the same time on connections of their own; none may fail."""
    gate, done = threading.Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        try:
            gate.wait()
            act()
            done.append(act)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == len(acts)


def issue(office: Office, document: Document) -> Callable[[], object]:
    return lambda: actions.issue(document_id=document.pk, by=office.by, now=NOW)


def test_two_documents_issued_together_get_two_numbers_without_a_gap(
    transactional_db: None,
) -> None:
    office = make_office()
    for _ in range(ROUNDS):
        together(*(issue(office, office.signed()) for _ in range(AT_ONCE)))

    numbers = [*Document.objects.order_by("number").values_list("number", flat=True)]
    assert numbers == [*range(1, AT_ONCE * ROUNDS + 1)]
    assert Register.objects.get().last == AT_ONCE * ROUNDS


def test_two_who_issue_the_same_document_issue_it_once(transactional_db: None) -> None:
    office = make_office()
    signed = office.signed()

    together(issue(office, signed), issue(office, signed))

    assert Register.objects.get().last == 1
    assert Receipt.objects.filter(document=signed).count() == 6


def test_two_who_ask_for_the_same_bulletin_get_one(transactional_db: None) -> None:
    office = make_office()
    ready = Ready(
        source="bulletin:7", unit_id=office.tree.city.pk, title="通报",
        body=[Paragraph(text="正文。")],
    )  # fmt: skip

    together(
        *(lambda: actions.issue_ready(ready=ready, by=office.by, now=NOW) for _ in range(AT_ONCE))
    )

    assert Document.objects.get().number == 1


def test_two_who_open_a_document_make_one_receipt(transactional_db: None) -> None:
    office = make_office()
    receipt = office.receipt(office.issued(), office.tree.school)

    together(
        lambda: actions.receive(receipt_id=receipt.pk, by=office.by, now=NOW),
        lambda: actions.receive(receipt_id=receipt.pk, by=office.by, now=LATER),
    )

    receipt.refresh_from_db()
    assert receipt.received_at in {NOW, LATER}
