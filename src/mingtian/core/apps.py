from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "mingtian.core"
    label = "core"
