"""Addresses of the optional WeChat sign-in."""

from django.urls import path

from mingtian.wechat import views

app_name = "wechat"

urlpatterns = [
    path("wechat/start", views.start, name="start"),
    path("wechat/back", views.back, name="back"),
    path("wechat/phone", views.phone, name="phone"),
    path("wechat/phone/remember", views.phone_remember, name="phone-remember"),
    path("wechat/phone/forget", views.phone_forget, name="phone-forget"),
]
