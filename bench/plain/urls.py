from django.urls import path

from bench.plain import views

urlpatterns = [path("b", views.beat), path("enter", views.enter)]
