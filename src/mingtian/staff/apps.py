from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "mingtian.staff"
    label = "staff"

    def ready(self) -> None:
        # Both register themselves by being loaded.
        from mingtian.staff import checks, receivers  # noqa: F401
