from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    name = "mingtian.attendance"
    label = "attendance"
