from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "mingtian.staff"
    label = "staff"
