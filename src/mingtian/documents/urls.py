"""Addresses of documents. ``document``, ``unit`` and ``attachment`` are public ids."""

from django.urls import path

from mingtian.documents.views import editor, handling, lists, steps

app_name = "documents"

ONE = "<slug:document>"

urlpatterns = [
    path("", lists.inbox, name="inbox"),
    path("register", lists.register, name="register"),
    path("register.<slug:form>", lists.register_file, name="register-file"),
    path("units/<slug:unit>/new", editor.new, name="new"),
    path("units/<slug:unit>/sending", editor.sending, name="sending"),
    path(ONE, steps.document, name="document"),
    path(f"{ONE}/edit", editor.edit, name="edit"),
    path(f"{ONE}/paper.<slug:form>", steps.paper, name="paper"),
    path(f"{ONE}/cascade.<slug:form>", steps.cascade_file, name="cascade-file"),
    path(f"{ONE}/attach", editor.attach, name="attach"),
    path(f"{ONE}/attachments/<slug:attachment>", steps.attachment, name="attachment"),
    path(f"{ONE}/attachments/<slug:attachment>/remove", editor.detach, name="detach"),
    path(f"{ONE}/at/<slug:unit>", handling.handle, name="handle"),
    *(path(f"{ONE}/{verb}", steps.step, {"verb": verb}, name=verb) for verb in steps.STEPS),
]
