from django.apps import AppConfig


class BoardsConfig(AppConfig):
    name = "mingtian.boards"
    label = "boards"
