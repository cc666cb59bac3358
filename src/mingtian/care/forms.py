"""What people type about cases. Rules check; forms keep what was typed."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mingtian.care import words as spoken
from mingtian.care.rules import (
    LONGEST_WORDS,
    OF_REVIEWS,
    OF_SERVICES,
    Area,
    ClosedFor,
    Scale,
)
from mingtian.children.actions import ConsentSpec
from mingtian.children.rules import ConsentPurpose, Party
from mingtian.children.rules import Way as Agreeing
from mingtian.children.words import PARTY_WORDS, WAY_WORDS
from mingtian.core.clock import SHANGHAI
from mingtian.core.ids import public_id
from mingtian.web.fields import DayInput

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Later
else:
    from django.utils.functional import Promise as Later

Word = str | Later

DAY = {"required": _("Choose the day."), "invalid": _("Choose the day.")}
ONE = {"required": _("Choose one."), "invalid_choice": _("Choose one.")}


def day(label: Word, *, required: bool = True, hint: Word = "") -> forms.DateField:
    """Return a field for a day."""
    return forms.DateField(
        label=label, required=required, help_text=hint, error_messages=DAY,
        widget=DayInput(),
    )  # fmt: skip


def text(label: Word, *, required: bool = True, hint: Word = "", rows: int = 4) -> forms.CharField:
    """Return a field for words; the rule counts, so that nothing typed is cut off unseen."""
    return forms.CharField(
        label=label, required=required, help_text=hint, max_length=LONGEST_WORDS * 4,
        error_messages={"required": _("Say it in a few words.")},
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


class Short(forms.RadioSelect):
    """Choices of a word or two."""

    is_short = True


def choice(
    label: Word, among: Sequence[tuple[str, str | Promise]], hint: Word = "", *,
    required: bool = True, short: bool = False,
) -> forms.ChoiceField:  # fmt: skip
    """Return a choice shown as buttons that a thumb meets; ``short`` words stand two in a row on a phone."""
    return forms.ChoiceField(
        label=label, choices=among, help_text=hint, error_messages=ONE, required=required,
        widget=Short() if short else forms.RadioSelect(),
    )  # fmt: skip


class Keyed(forms.Form):
    """A page that is sent twice makes one thing: by ``key``. ``version`` tells what it was made from."""

    key = forms.CharField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, version: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", public_id())
        self.initial["version"] = version

    @property
    def sent_key(self) -> str:
        return str(self.cleaned_data.get("key") or "")

    @property
    def sent_version(self) -> int:
        """What the page was made from; none is no version that there was."""
        return int(self.cleaned_data.get("version") or 0)


class AssessForm(Keyed):
    """An assessment by the scale in force: one choice for each item."""

    def __init__(self, *args: Any, scale: Scale, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        points = [(str(number), word) for number, word in spoken.POINT_WORDS.items()]
        for item in scale.items:
            self.fields[f"points_{item}"] = choice(str(spoken.ITEM_WORDS[item]), points, short=True)
        self.fields["words"] = text(
            _("What you found"),
            hint=_("Only what helping this child needs. Read by the case's workers."),
        )
        self.fields["health"] = text(
            _("Health, disability, harm"), required=False, hint=_("Kept apart, under its own seal.")
        )

    @property
    def points(self) -> dict[str, int]:
        return {
            name.removeprefix("points_"): int(value)
            for name, value in self.cleaned_data.items()
            if name.startswith("points_")
        }


class Citing(Keyed):
    """Something that may rest on a rule of county or city (AID-4)."""

    def __init__(self, *args: Any, rules: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if rules:
            self.fields["rule"] = forms.ChoiceField(
                label=_("By which rule"), required=False, choices=[("", _("none")), *rules]
            )
        self._titles = dict(rules)

    @property
    def cited(self) -> tuple[str, str]:
        own = self.cleaned_data.get("rule") or ""
        return own, self._titles.get(own, "")


class PlanForm(Citing):
    """Goals in the four areas, who agreed to them, when to look again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        goals = {
            f"goal_{area.value}": text(str(spoken.AREA_WORDS[area]), required=False, rows=3)
            for area in Area
        }
        agreed = {
            "agreed": choice(
                _("Who agreed to this plan"), spoken.choices(spoken.AGREED_WORDS),
                _("From 14 the child agrees too."),
            ),
            "agreed_on": day(_("Agreed on")),
            "review_on": day(_("Look at it again on")),
        }  # fmt: skip
        rest = dict(self.fields)
        self.fields = {**goals, **agreed, **rest}

    @property
    def goals(self) -> dict[Area, str]:
        return {area: self.cleaned_data.get(f"goal_{area.value}", "") for area in Area}


class ServiceForm(Citing):
    kind = choice(_("What is to be done"), spoken.choices(spoken.SERVICE_WORDS), short=True)
    area = choice(_("For which area"), spoken.choices(spoken.AREA_WORDS), short=True)
    due_on = day(_("Until when"))
    words = text(_("More exactly"), required=False)


class DoneForm(Keyed):
    outcome = choice(_("What came of it"), spoken.choices(spoken.OUTCOME_WORDS, OF_SERVICES))
    done_on = day(_("On which day"))
    words = text(_("In a few words"), required=False)


class ReviewForm(Keyed):
    held_on = day(_("Looked at on"))
    outcome = choice(_("What follows"), spoken.choices(spoken.OUTCOME_WORDS, OF_REVIEWS))
    next_on = day(
        _("Look at it again on"),
        required=False,
        hint=_("Not needed when the case is to be closed."),
    )
    words = text(_("How the plan has helped"))


class CloseForm(Keyed):
    reason = choice(
        _("Why"),
        spoken.choices(
            spoken.CLOSED_WORDS, [one for one in ClosedFor if one is not ClosedFor.ERASED]
        ),
    )


class MilestoneForm(Keyed):
    kind = choice(_("Step"), spoken.choices(spoken.MILESTONE_WORDS))
    on = day(_("On which day"))


class ContactForm(Keyed):
    way = choice(_("How were the parents in touch"), spoken.choices(spoken.WAY_WORDS), short=True)
    on = day(_("On which day"))


class WatchForm(Keyed):
    since = day(
        _("Parents away since"),
        required=False,
        hint=_("Left empty, nobody is asked each week any more."),
    )


class LiaisonForm(Keyed):
    kind = choice(_("What was it"), spoken.choices(spoken.LIAISON_WORDS))
    held_on = day(_("On which day"))
    reached = forms.ChoiceField(
        label=_("Did you meet or reach somebody"), error_messages=ONE, widget=forms.RadioSelect,
        choices=[("yes", _("Yes")), ("no", _("No, it was a try"))],
    )  # fmt: skip
    words = text(_("In a few words"), required=False)


class TruancyForm(Keyed):
    """A counsellor's contact about a child that stays away: no words."""

    held_on = day(_("On which day"))
    reached = forms.ChoiceField(
        label=_("Did you meet or reach somebody"), error_messages=ONE, widget=forms.RadioSelect,
        choices=[("yes", _("Yes")), ("no", _("No, it was a try"))],
    )  # fmt: skip


class ReferralForm(Keyed):
    """To whom a child is referred, what for, what was told by whose leave, until when to answer."""

    body = choice(_("To which body"), spoken.choices(spoken.BODY_WORDS), short=True)
    kind = choice(_("What help is needed"), spoken.choices(spoken.SERVICE_WORDS), short=True)
    words = text(_("The reason, more exactly"), hint=_("Read by the case's workers."), rows=3)
    referred_on = day(_("Referred on"))
    answer_by = day(_("They answer until"), hint=_("You are reminded when this day has passed."))
    passed = forms.MultipleChoiceField(
        label=_("What they were told about the child"), required=False,
        choices=spoken.choices(spoken.PASSED_WORDS), widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing of this where the case's number is enough."),
    )  # fmt: skip
    leave = choice(
        _("By whose leave"), spoken.choices(spoken.LEAVE_WORDS), required=False,
        hint=_("Needed for each of these on its own."),
    )  # fmt: skip
    agreed_on = day(_("Agreed on"), required=False)


class AnswerOfBodyForm(Keyed):
    answer = choice(_("What did they say"), spoken.choices(spoken.ANSWER_WORDS))
    answered_on = day(_("On which day"))
    answer_by = day(
        _("They tell more until"), required=False, hint=_("Where they have taken it up.")
    )
    words = text(_("In a few words"), required=False, rows=3)


class PersonForm(Keyed):
    """One of a few people; whoever is none of them is refused by the rules, in their words."""

    def __init__(
        self, *args: Any, people: Sequence[tuple[int, str]], label: Word, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        among = [("", _("Choose a person")), *((str(key), name) for key, name in people)]
        self.fields["user"] = forms.TypedChoiceField(
            label=label, choices=among, coerce=int, error_messages=ONE
        )
        self.order_fields(["user"])


class HandOverForm(PersonForm):
    """Whoever takes the case over, and what the next worker should know."""

    def __init__(self, *args: Any, tells: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if tells:
            self.fields["words"] = text(
                _("What the next should know"), required=False,
                hint=_("Sealed; read once the case was taken over."),
            )  # fmt: skip


class ReportForm(Keyed):
    """Who was told of harm or danger, and when."""

    told = forms.MultipleChoiceField(
        label=_("Whom did you tell"), choices=spoken.choices(spoken.AUTHORITY_WORDS), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    told_on = day(_("On which day"), required=False, hint=_("Left empty: just now."))
    told_time = forms.TimeField(
        label=_("At what time"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Choose the hour.")},
    )  # fmt: skip
    words = text(
        _("What you saw or heard"),
        required=False,
        hint=_("Sealed. It can wait; the report cannot."),
    )

    def __init__(self, *args: Any, with_words: bool, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        if not with_words:
            del self.fields["words"]

    @property
    def told_at(self) -> datetime | None:
        """Return when they were told, None for just now: also where today was chosen without an hour."""
        on = self.cleaned_data.get("told_on") or self._today
        at = self.cleaned_data.get("told_time")
        if at is None and on == self._today:
            return None
        return datetime.combine(on, at or time(12), SHANGHAI)


class TalkForm(Keyed):
    """A talk; where nobody has agreed yet, with the reason why it could not wait."""

    kind = choice(_("What kind of talk"), spoken.choices(spoken.TALK_WORDS))
    held_on = day(_("On which day"))
    words = text(
        _("Your notes"),
        rows=8,
        hint=_("Nobody else reads them, neither the office nor the case worker."),
    )

    def __init__(self, *args: Any, agreed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not agreed:
            self.fields["urgency"] = choice(
                _("Why it could not wait"), spoken.choices(spoken.URGENCY_WORDS), required=False,
                hint=_("The office is shown this reason, nothing else of the talk."),
            )  # fmt: skip
            self.order_fields(["kind", "held_on", "urgency", "words"])


class AgreeForm(forms.Form):
    """Who agrees to talks with the counsellor, as it was given."""

    party = choice(_("Who agreed"), spoken.choices(PARTY_WORDS))
    way = choice(_("How"), spoken.choices(WAY_WORDS))
    given_on = day(_("Agreed on"))
    told_on = day(_("Guardian told on"), required=False, hint=_("Where the child agreed itself."))

    def said(self) -> ConsentSpec:
        """Return the consent to counselling."""
        sent = self.cleaned_data
        return ConsentSpec(
            purpose=ConsentPurpose.COUNSELLING, party=Party(sent["party"]),
            way=Agreeing(sent["way"]), given_on=sent["given_on"], told_on=sent["told_on"],
        )  # fmt: skip


class TicketForm(Keyed):
    topic = choice(_("What is it about"), spoken.choices(spoken.TOPIC_WORDS), short=True)
    words = text(
        _("What is needed"), rows=3,
        hint=_("The office answers without knowing who the child is: no name, no telephone number, no address."),
    )  # fmt: skip


class AnswerForm(Keyed):
    words = text(_("Your answer"), rows=3)
