from django.urls import path

from bench.plain import talk, views

urlpatterns = [
    path("", views.ready),
    path("b", views.beat),
    path("enter", views.enter),
    path("say", talk.say),
]
