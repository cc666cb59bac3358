"""Who gets which file, under which name, and what the trail keeps of it."""

import pytest
from django.http import Http404

from mingtian.certificates.actions.printing import Wanted, print_booklet, print_certificate
from mingtian.certificates.actions.revoke import revoke
from mingtian.certificates.actions.unlocking import unlock
from mingtian.certificates.drawing import words
from mingtian.certificates.models import Certificate
from mingtian.certificates.queries import kept_about
from mingtian.certificates.rules import Refusal, RevokedFor
from mingtian.certificates.tests.conftest import AFTER, FULL, Series
from mingtian.core.errors import RuleBroken
from mingtian.core.models import AuditEntry
from mingtian.org.queries import unit_rows
from mingtian.people.models import Person
from mingtian.testing.cast import make_cast
from mingtian.testing.make import ACTOR, DAY, invented_name, make_person


@pytest.fixture
def mother(series: Series) -> Person:
    """The first pupil and its mother have earned theirs."""
    mother = series.relative(series.pupils[0])
    series.attend(series.pupils[0], [FULL] * 4)
    series.attend(mother, [FULL] * 4)
    unlock(campaign=series.campaign, now=AFTER, actor=ACTOR)
    return mother


def wanted(person: Person, form: str = "pdf", name: str = "") -> Wanted:
    serial = Certificate.objects.get(person=person.pk).serial
    return Wanted(serial=serial, person_ids=[person.pk], form=form, name=name)  # type: ignore[arg-type]


def drawn_names(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Listen to the names that go onto paper."""
    heard: list[str] = []
    really = words._face

    def listening(owner: words.Owner, *rest: object) -> object:
        face = really(owner, *rest)  # type: ignore[arg-type]
        heard.append(face.name)
        return face

    monkeypatch.setattr(words, "_face", listening)
    return heard


def test_a_pupil_gets_the_name_of_the_roster_and_the_opening_is_recorded(
    series: Series, mother: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = drawn_names(monkeypatch)

    made = print_certificate(
        wanted=wanted(series.pupils[0], name="别人"), actor="family", now=AFTER
    )

    assert made.content_type == "application/pdf"
    assert made.body.startswith(b"%PDF")
    assert heard == [invented_name(0)]
    entry = AuditEntry.objects.get(action="people.own_name_read")
    assert entry.detail == {"purpose": "certificate"}


def test_a_relative_gets_the_name_just_typed_and_it_is_not_kept(
    mother: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = drawn_names(monkeypatch)

    print_certificate(wanted=wanted(mother, "png", " 何秀兰 "), actor="family", now=AFTER)
    print_certificate(wanted=wanted(mother, "png"), actor="family", now=AFTER)

    assert heard == ["何秀兰", "母亲"]
    assert not AuditEntry.objects.filter(detail__contains="何秀兰").exists()
    assert not Person.objects.filter(pk=mother.pk, name_sealed__isnull=False).exists()


@pytest.mark.parametrize(
    ("name", "refusal"),
    [
        ("何" * 51, Refusal.NAME_TOO_LONG),
        ("何 13812345678", Refusal.NAME_HOLDS_NUMBER),
        ("何\x07", Refusal.NOT_PRINTABLE),
        ("何\U0003134f", Refusal.NOT_PRINTABLE),
    ],
)
def test_a_name_that_cannot_stand_on_paper_is_refused(
    mother: Person, name: str, refusal: Refusal
) -> None:
    with pytest.raises(RuleBroken, match=refusal):
        print_certificate(wanted=wanted(mother, name=name), actor="family", now=AFTER)


def test_somebody_elses_is_not_found_and_a_revoked_one_is_refused(
    series: Series, mother: Person
) -> None:
    of_mother = wanted(mother)
    strange = Wanted(serial=of_mother.serial, person_ids=[series.pupils[5].pk], form="pdf")
    with pytest.raises(Http404):
        print_certificate(wanted=strange, actor="family", now=AFTER)

    revoke(serial=of_mother.serial, reason=RevokedFor.IN_ERROR, actor=ACTOR, now=AFTER)
    with pytest.raises(RuleBroken, match=Refusal.NOT_VALID):
        print_certificate(wanted=of_mother, actor="family", now=AFTER)


def test_the_booklet_is_for_the_class_teacher_of_this_very_class(
    series: Series, mother: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = make_cast(series.evening.tree)
    heard = drawn_names(monkeypatch)
    tree = series.evening.tree
    [unit] = unit_rows([tree.class_one.pk], DAY).values()

    made = print_booklet(user=cast.teacher, unit=unit, campaign=series.campaign, now=AFTER)

    assert made.startswith(b"%PDF")
    assert heard == [invented_name(0)]
    assert AuditEntry.objects.filter(action="people.names_read").count() == 1
    for stranger in (cast.principal, cast.office, cast.outsider):
        with pytest.raises(Http404):
            print_booklet(user=stranger, unit=unit, campaign=series.campaign, now=AFTER)


def test_a_name_that_no_font_draws_leaves_a_line_and_does_not_hold_up_the_class(
    series: Series, mother: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree = series.evening.tree
    cast = make_cast(tree)
    [unit] = unit_rows([tree.class_one.pk], DAY).values()
    series.attend(make_person(tree.class_one, "11", "林\U0003134f"), [FULL] * 4)
    unlock(campaign=series.campaign, now=AFTER, actor=ACTOR)
    heard = drawn_names(monkeypatch)

    made = print_booklet(user=cast.teacher, unit=unit, campaign=series.campaign, now=AFTER)

    assert made.startswith(b"%PDF")
    assert heard == [invented_name(0), ""]


def test_a_class_without_certificates_prints_nothing(series: Series) -> None:
    cast = make_cast(series.evening.tree)
    [unit] = unit_rows([series.evening.tree.class_one.pk], DAY).values()

    with pytest.raises(RuleBroken, match=Refusal.NOTHING_TO_PRINT):
        print_booklet(user=cast.teacher, unit=unit, campaign=series.campaign, now=AFTER)


def test_what_is_kept_is_told_in_full(series: Series, mother: Person) -> None:
    [kept] = kept_about([mother.pk])

    assert (kept.what, kept.person_id) == ("certificate", mother.pk)
    assert kept.facts["valid"] is True
    assert kept_about([series.pupils[4].pk]) == []
