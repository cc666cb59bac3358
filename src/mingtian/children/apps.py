from django.apps import AppConfig


class ChildrenConfig(AppConfig):
    name = "mingtian.children"
    label = "children"
