from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "mingtian.people"
    label = "people"
