"""Addresses of campaigns and learning codes, and of the public check."""

from django.urls import path

from mingtian.campaigns.views import campaigns, checking, codes

app_name = "campaigns"

urlpatterns = [
    path("check", checking.check, name="check"),
    path("check/<str:code>", checking.check, name="check-code"),
    path("desk/codes", codes.code_list, name="code-list"),
    path("desk/codes/of/<slug:unit>.pdf", codes.booklet, name="booklet"),
    path("desk/codes/<slug:code>", codes.code_detail, name="code-detail"),
    path("desk/codes/<slug:code>.svg", codes.code_svg, name="code-svg"),
    path("desk/codes/<slug:code>.png", codes.code_png, name="code-png"),
    path("desk/codes/<slug:code>/sheet.pdf", codes.code_sheet, name="code-sheet"),
    path("desk/codes/<slug:code>/close", codes.code_close, name="code-close"),
    path("desk/codes/<slug:code>/reissue", codes.code_reissue, name="code-reissue"),
    path("desk/campaigns", campaigns.campaign_list, name="campaign-list"),
    path("desk/campaigns/new", campaigns.campaign_new, name="campaign-new"),
    path("desk/campaigns/<slug:campaign>", campaigns.campaign_detail, name="campaign-detail"),
    path(
        "desk/campaigns/<slug:campaign>/change", campaigns.campaign_change, name="campaign-change"
    ),
    path("desk/campaigns/<slug:campaign>/mandate", campaigns.mandate_set, name="mandate-set"),
    path("desk/campaigns/<slug:campaign>/plan", campaigns.lectures_plan, name="lectures-plan"),
    path("desk/campaigns/<slug:campaign>/lectures", campaigns.lecture_add, name="lecture-add"),
    path(
        "desk/campaigns/<slug:campaign>/lectures/<int:number>/remove",
        campaigns.lecture_remove,
        name="lecture-remove",
    ),
    path(
        "desk/campaigns/<slug:campaign>/lectures/<int:number>/broadcast",
        campaigns.lecture_broadcast,
        name="lecture-broadcast",
    ),
    path("desk/campaigns/<slug:campaign>/open", campaigns.campaign_open, name="campaign-open"),
    path("desk/campaigns/<slug:campaign>/close", campaigns.campaign_close, name="campaign-close"),
    path("desk/campaigns/<slug:campaign>/codes", campaigns.codes_issue, name="codes-issue"),
]
