from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "mingtian.papers"
    label = "papers"
