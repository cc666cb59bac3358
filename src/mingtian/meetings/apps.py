from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "mingtian.meetings"
    label = "meetings"
