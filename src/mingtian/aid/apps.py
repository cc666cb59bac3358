from django.apps import AppConfig


class AidConfig(AppConfig):
    name = "mingtian.aid"
    label = "aid"
