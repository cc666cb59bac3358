from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "mingtian.groups"
    label = "groups"
