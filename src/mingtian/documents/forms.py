"""What people type about a document. The rules themselves are the actions'."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from mingtian.campaigns.queries import CampaignRow
from mingtian.core.clock import SHANGHAI
from mingtian.core.ids import CROCKFORD
from mingtian.documents.actions import Draft, Onward
from mingtian.documents.models import Document
from mingtian.documents.queries.documents import DocumentRow
from mingtian.documents.queries.receivers import ChoiceRow, Circle, ListRow, partners_offered
from mingtian.documents.rules import (
    LONGEST_NOTE,
    LONGEST_SYMBOL,
    LONGEST_TITLE,
    Cited,
    Genre,
    Kind,
)
from mingtian.documents.wording import from_plain, write
from mingtian.documents.words import GENRES, KINDS, LINES
from mingtian.org.queries import UnitRow
from mingtian.papers.paper import Urgency
from mingtian.web.fields import DayInput

OWN_LIST = "list:"
KEY_LENGTH = 12
URGENCIES: dict[Urgency, str | Promise] = {
    Urgency.ORDINARY: _("ordinary"),
    Urgency.URGENT: _("urgent (加急)"),
    Urgency.MOST_URGENT: _("most urgent (特急)"),
}
_BAD = {"invalid_choice": _("Choose one of those that are offered.")}


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """What may be chosen in the editor, read once for the page."""

    circle: Circle
    lists: Sequence[ListRow] = ()
    citable: Sequence[DocumentRow] = ()
    campaigns: Sequence[CampaignRow] = field(default_factory=list)

    def to_lists(self) -> list[tuple[str, str]]:
        own = [(f"{OWN_LIST}{each.public_id}", each.name) for each in self.lists]
        return own + address_choices(self.circle.choices())

    def keys(self, chosen: Iterable[str]) -> list[str]:
        """Return the keys of addresses, named lists taken apart."""
        by_id = {f"{OWN_LIST}{each.public_id}": each for each in self.lists}
        keys: list[str] = []
        for key in chosen:
            keys += [address.key for address in by_id[key].addresses] if key in by_id else [key]
        return list(dict.fromkeys(keys))

    def unit_keys(self, chosen: Iterable[str]) -> list[int]:
        """Return the keys of units chosen by name or as partners."""
        known = {unit.public_id: unit.id for unit in self.circle.named()}
        return [known[each] for each in chosen]


def address_choices(choices: Iterable[ChoiceRow]) -> list[tuple[str, str]]:
    """Return the kinds of receivers with their number, as they are offered."""
    words = _now("All %(kind)s %(line)s (%(number)s)")
    return [
        (
            each.address.key,
            words
            % {
                "kind": KINDS[each.address.kind],
                "line": LINES[each.address.line],
                "number": each.number,
            },
        )
        for each in choices
    ]


def unit_choices(units: Iterable[UnitRow]) -> list[tuple[str, str]]:
    """Return units as they are offered by name."""
    return [(unit.public_id, unit.title) for unit in units]


class DocumentForm(forms.Form):
    """A document as it is drafted."""

    genre = forms.ChoiceField(
        choices=[(genre.value, word) for genre, word in GENRES.items()], error_messages=_BAD
    )
    title = forms.CharField(
        max_length=LONGEST_TITLE,
        error_messages={
            "required": _("Write a title."),
            "max_length": _("Use at most %(limit_value)s characters."),
        },
    )
    addressee = forms.CharField(required=False, max_length=LONGEST_NOTE)
    text = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 18}))
    indicators = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 5}))
    campaign = forms.ChoiceField(required=False, error_messages=_BAD)
    parent = forms.ChoiceField(required=False, error_messages=_BAD)
    parent_issuer = forms.CharField(required=False, max_length=120)
    parent_number = forms.CharField(required=False, max_length=60)
    parent_on = forms.DateField(
        required=False,
        widget=DayInput(),
        error_messages={"invalid": _("Enter a day.")},
    )
    partners = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, error_messages=_BAD
    )
    to_lists = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, error_messages=_BAD
    )
    to_units = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, error_messages=_BAD
    )
    relay_by = forms.DateField(
        required=False,
        widget=DayInput(),
        error_messages={"invalid": _("Enter a day.")},
    )
    copies_to = forms.CharField(required=False, max_length=LONGEST_NOTE)
    urgency = forms.ChoiceField(
        required=False, choices=[(each.value, word) for each, word in URGENCIES.items()]
    )

    key = forms.CharField(required=False, widget=forms.HiddenInput)
    edits = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: object, offer: Offer, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self._offer = offer
        none = [("", "–")]
        self._choose("campaign", none + [(each.public_id, each.title) for each in offer.campaigns])
        self._choose(
            "parent",
            none + [(each.public_id, f"{each.reference} {each.title}") for each in offer.citable],
        )
        self._choose("partners", unit_choices(partners_offered(offer.circle)))
        self._choose("to_lists", offer.to_lists())
        self._choose("to_units", unit_choices(offer.circle.named()))

    def clean_key(self) -> str:
        key = str(self.cleaned_data["key"])
        return key if len(key) == KEY_LENGTH and set(key) <= set(CROCKFORD) else ""

    def draft(self) -> Draft:
        """Return what a form that was found right says."""
        sent = self.cleaned_data
        campaigns = {each.public_id: each.id for each in self._offer.campaigns}
        citable = {each.public_id: each.id for each in self._offer.citable}
        return Draft(
            genre=Genre(sent["genre"]),
            title=sent["title"],
            text=sent["text"],
            addressee=sent["addressee"],
            copies_to=sent["copies_to"],
            urgency=Urgency(sent["urgency"]),
            indicators=sent["indicators"].splitlines(),
            campaign_id=campaigns.get(sent["campaign"]),
            cited=Cited(
                document_id=citable.get(sent["parent"]),
                issuer=sent["parent_issuer"],
                number=sent["parent_number"],
                issued_on=sent["parent_on"],
            ),
            partners=self._offer.unit_keys(sent["partners"]),
            to_lists=self._offer.keys(sent["to_lists"]),
            to_units=self._offer.unit_keys(sent["to_units"]),
            relay_by=sent["relay_by"],
        )

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        chosen = self.fields[name]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = choices


def initial_of(document: Document, offer: Offer, partners: Iterable[int]) -> dict[str, object]:
    """Return a draft as the editor shows it."""
    units = {unit.id: unit.public_id for unit in offer.circle.named(Kind.LETTER)}
    return {
        "edits": document.edits,
        "genre": document.genre,
        "title": document.title,
        "addressee": document.addressee,
        "text": write(from_plain(document.body)),
        "indicators": "\n".join(document.indicators),
        "campaign": next(
            (c.public_id for c in offer.campaigns if c.id == document.campaign_id), ""
        ),
        "parent": document.parent.public_id if document.parent else "",
        "parent_issuer": document.parent_issuer,
        "parent_number": document.parent_number,
        "parent_on": document.parent_on,
        "partners": [units[key] for key in partners if key in units],
        "to_lists": document.to_lists,
        "to_units": [units[key] for key in document.to_units if key in units],
        "relay_by": document.relay_by,
        "copies_to": document.copies_to,
        "urgency": document.urgency,
    }


class RelayForm(forms.Form):
    """To whom a receiver passes a document on."""

    to_lists = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, error_messages=_BAD
    )
    to_units = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, error_messages=_BAD
    )
    words = forms.CharField(required=False, max_length=LONGEST_NOTE * 2)

    def __init__(self, *args: object, offer: Offer, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self._offer = offer
        for name, choices in (
            ("to_lists", offer.to_lists()),
            ("to_units", unit_choices(offer.circle.named(Kind.NOTICE))),
        ):
            chosen = self.fields[name]
            assert isinstance(chosen, forms.ChoiceField)
            chosen.choices = choices

    def onward(self) -> Onward:
        """Return what a form that was found right says."""
        sent = self.cleaned_data
        return Onward(
            to_lists=self._offer.keys(sent["to_lists"]),
            to_units=self._offer.unit_keys(sent["to_units"]),
            words=sent["words"],
        )


class MeetingForm(forms.Form):
    """When the unit met about a document. Times are typed as people in China read them."""

    held_at = forms.DateTimeField(
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={
            "required": _("Enter when the meeting was."),
            "invalid": _("Enter day and time."),
        },
    )
    words = forms.CharField(required=False, max_length=LONGEST_NOTE * 2)

    def clean_held_at(self) -> object:
        held = self.cleaned_data["held_at"]
        return held.replace(tzinfo=SHANGHAI) if held.tzinfo is None else held


class RequirementsForm(forms.Form):
    """What the unit requires of its own people, in words."""

    words = forms.CharField(
        max_length=LONGEST_NOTE * 2, error_messages={"required": _("Say it in a few words.")}
    )


class LetterheadForm(forms.Form):
    """The red line and the short name for numbers."""

    mark = forms.CharField(
        max_length=LONGEST_NOTE, error_messages={"required": _("Say it in a few words.")}
    )
    symbol = forms.CharField(
        max_length=LONGEST_SYMBOL * 2, error_messages={"required": _("Say it in a few words.")}
    )


class ListForm(forms.Form):
    """A named list of receivers."""

    name = forms.CharField(
        max_length=LONGEST_NOTE, error_messages={"required": _("Give it a name.")}
    )
    addresses = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, error_messages=_BAD
    )

    def __init__(self, *args: object, circle: Circle, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        chosen = self.fields["addresses"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = address_choices(circle.choices())
