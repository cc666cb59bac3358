from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "mingtian.desk"
    label = "desk"
