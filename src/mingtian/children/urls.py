"""Addresses of the register. ``child``, ``note``, ``consent`` and ``guardian`` are public ids."""

from django.urls import path

from mingtian.children.views import child, closing, moving, registering, rights, staying
from mingtian.children.views import register as lists

app_name = "children"

urlpatterns = [
    path("", lists.register, name="register"),
    path("register.<slug:form>", lists.export, name="register-file"),
    path("look", registering.look, name="look"),
    path("new", registering.new, name="new"),
    path("<slug:child>", child.show, name="child"),
    path("<slug:child>/readings", child.readings, name="readings"),
    path("<slug:child>/move", moving.move, name="move"),
    path("<slug:child>/stay", staying.stay, name="stay"),
    path("<slug:child>/close", closing.close, name="close"),
    path("<slug:child>/reopen", child.reopen, name="reopen"),
    path("<slug:child>/take-up", child.take_up, name="take-up"),
    path("<slug:child>/categories", child.note_category, name="note-category"),
    path("<slug:child>/categories/<slug:note>/end", child.end_category, name="end-category"),
    path("<slug:child>/consents", child.note_consent, name="note-consent"),
    path("<slug:child>/consents/<slug:consent>/withdraw", child.withdraw, name="withdraw"),
    path("<slug:child>/guardians", child.add_guardian, name="add-guardian"),
    path("<slug:child>/guardians/<slug:guardian>/end", child.end_guardian, name="end-guardian"),
    path("<slug:child>/correct", rights.correct, name="correct"),
    path("<slug:child>/kept", rights.kept, name="kept"),
]
