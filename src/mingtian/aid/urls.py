"""Addresses of aid. Lists, batches, grants, funds and schemes are public ids."""

from django.urls import path

from mingtian.aid.views import entering, lists, overview, paying

app_name = "aid"

urlpatterns = [
    path("", overview.index, name="index"),
    path("check", overview.check, name="check"),
    path("schemes", overview.schemes, name="schemes"),
    path("schemes/<slug:scheme>/rates", overview.add_rate, name="add-rate"),
    path("approvals", lists.approvals, name="approvals"),
    path("lists/new", entering.new_list, name="new-list"),
    path("lists/template.<slug:form>", entering.template, name="template"),
    path("uploads/<slug:upload>", entering.preview_upload, name="preview"),
    path("uploads/<slug:upload>/take", entering.take, name="take"),
    path("uploads/<slug:upload>/drop", entering.drop, name="drop"),
    path("lists/<slug:listing>", lists.listing, name="list"),
    path("lists/<slug:listing>/lines.<slug:form>", lists.export, name="export"),
    path("lists/<slug:listing>/approve", lists.approve, name="approve"),
    path("lists/<slug:listing>/back", lists.send_back, name="send-back"),
    path("lists/<slug:listing>/receive", lists.receive, name="receive"),
    path("lists/<slug:listing>/notice", lists.notice, name="notice"),
    path("lists/<slug:listing>/notice.<slug:form>", lists.notice, name="notice-file"),
    path("grants/<slug:grant>", lists.grant, name="grant"),
    path("grants/<slug:grant>/return", lists.give_back, name="return"),
    path("funds/new", paying.open_fund, name="open-fund"),
    path("funds/<slug:fund>", paying.fund, name="fund"),
    path("funds/<slug:fund>/deposit", paying.deposit, name="deposit"),
    path("funds/<slug:fund>/batch", paying.make_batch, name="make-batch"),
    path("batches/<slug:batch>", paying.batch, name="batch"),
    path("batches/<slug:batch>/pay", paying.pay, name="pay"),
    path("batches/<slug:batch>/dissolve", paying.dissolve, name="dissolve"),
    path("batches/<slug:batch>/file", paying.open_file, name="open-file"),
    path("files/<slug:export>.<slug:form>", paying.file, name="file"),
]
