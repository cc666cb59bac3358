from django.urls import path

from bench.plain import views

urlpatterns = [path("", views.ready), path("b", views.beat), path("enter", views.enter)]
