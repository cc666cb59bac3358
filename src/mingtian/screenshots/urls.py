"""Addresses of screenshots."""

from django.urls import path

from mingtian.screenshots import views

app_name = "screenshots"

urlpatterns = [
    path("desk/campaigns/<slug:campaign>/screenshots", views.switch_detail, name="switch-detail"),
    path("desk/screenshots/<slug:unit>", views.picture_list, name="picture-list"),
    path(
        "desk/screenshots/<slug:unit>/<slug:campaign>/<int:number>/tallied",
        views.tally_finish,
        name="tally-finish",
    ),
    path(
        "desk/screenshots/<slug:unit>/<slug:picture>.jpg", views.picture_show, name="picture-show"
    ),
]
