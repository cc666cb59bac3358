"""Addresses of aid. Lists, batches, grants, funds and schemes are public ids."""

from django.urls import path
from django.views.decorators.cache import never_cache

from mingtian.aid.views import entering, funds, grants, lists, overview, paying

app_name = "aid"

urlpatterns = [
    path("", never_cache(overview.index), name="index"),
    path("check", never_cache(overview.check), name="check"),
    path("schemes", never_cache(overview.schemes), name="schemes"),
    path("schemes/<slug:scheme>/rates", never_cache(overview.add_rate), name="add-rate"),
    path("approvals", never_cache(lists.approvals), name="approvals"),
    path("lists/new", never_cache(entering.new_list), name="new-list"),
    path("lists/template.<slug:form>", never_cache(entering.template), name="template"),
    path("uploads/<slug:upload>", never_cache(entering.preview_upload), name="preview"),
    path(
        "uploads/<slug:upload>/refused.<slug:form>", never_cache(entering.refused), name="refused"
    ),
    path("uploads/<slug:upload>/take", never_cache(entering.take), name="take"),
    path("uploads/<slug:upload>/drop", never_cache(entering.drop), name="drop"),
    path("lists/<slug:listing>", never_cache(lists.listing), name="list"),
    path("lists/<slug:listing>/lines.<slug:form>", never_cache(lists.export), name="export"),
    path("lists/<slug:listing>/approve", never_cache(lists.approve), name="approve"),
    path("lists/<slug:listing>/back", never_cache(lists.send_back), name="send-back"),
    path("lists/<slug:listing>/receive", never_cache(lists.receive), name="receive"),
    path("lists/<slug:listing>/notice", never_cache(lists.notice), name="notice"),
    path("lists/<slug:listing>/notice.<slug:form>", never_cache(lists.notice), name="notice-file"),
    path("grants/<slug:grant>", never_cache(grants.grant), name="grant"),
    path("grants/<slug:grant>/return", never_cache(grants.give_back), name="return"),
    path("grants/<slug:grant>/take-up", never_cache(grants.take_up), name="take-up"),
    path("funds/new", never_cache(funds.open_fund), name="open-fund"),
    path("funds/<slug:fund>", never_cache(funds.fund), name="fund"),
    path("funds/<slug:fund>/deposit", never_cache(funds.deposit), name="deposit"),
    path("funds/<slug:fund>/limit", never_cache(funds.set_limit), name="set-limit"),
    path("funds/<slug:fund>/batch", never_cache(paying.make_batch), name="make-batch"),
    path("batches/<slug:batch>", never_cache(paying.batch), name="batch"),
    path("batches/<slug:batch>/hold", never_cache(paying.hold_back), name="hold-back"),
    path("batches/<slug:batch>/pay", never_cache(paying.pay), name="pay"),
    path("batches/<slug:batch>/dissolve", never_cache(paying.dissolve), name="dissolve"),
    path("batches/<slug:batch>/file", never_cache(paying.open_file), name="open-file"),
    path("files/<slug:export>.<slug:form>", never_cache(paying.file), name="file"),
]
