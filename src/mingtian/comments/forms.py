"""Forms of the desk; each feeds an action."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mingtian.comments.actions.digests import Edited
from mingtian.comments.rules import State, ToldTo
from mingtian.comments.words import TOLD

DECISIONS = [(state.value, state.value) for state in State if state is not State.WAITING]
LINES = forms.Textarea(attrs={"rows": 8})


class DecisionForm(forms.Form):
    """A decision on one text; a referral says who was told."""

    decision = forms.ChoiceField(choices=DECISIONS)
    told = forms.MultipleChoiceField(choices=list(TOLD.items()), required=False)

    def state(self) -> State:
        return State(self.cleaned_data["decision"])

    def offices(self) -> list[ToldTo]:
        return [ToldTo(word) for word in self.cleaned_data["told"]]


class WordListForm(forms.Form):
    """A whole new version of the list."""

    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 24}), label=_("List"))
    note = forms.CharField(max_length=120, required=False, label=_("What was changed"))
    based_on = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class PhrasesForm(forms.Form):
    """The phrases of one lecture, one a line."""

    text = forms.CharField(widget=LINES, required=False, label=_("Phrases"))


class DigestForm(forms.Form):
    """The words of a digest; counts cannot be changed."""

    themes = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 4}), required=False, label=_("Themes, one a line")
    )
    lines = forms.CharField(widget=LINES, required=False, label=_("Lines, one a line"))
    questions = forms.CharField(
        widget=LINES, required=False, label=_("Questions that need an answer, one a line")
    )
    note = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=2000,
        label=_("Remark for the offices above"),
    )

    def edited(self) -> Edited:
        return Edited(
            themes=self._lines("themes"),
            lines=self._lines("lines"),
            questions=self._lines("questions"),
            note=self.cleaned_data["note"].strip(),
        )

    def _lines(self, name: str) -> list[str]:
        return [line.strip() for line in self.cleaned_data[name].splitlines() if line.strip()]
