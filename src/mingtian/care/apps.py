from django.apps import AppConfig


class CareConfig(AppConfig):
    name = "mingtian.care"
    label = "care"

    def ready(self) -> None:
        from mingtian.care.actions.forgetting import forget
        from mingtian.care.actions.team import end_by_number
        from mingtian.care.queries import unfinished
        from mingtian.vault.events import close_after, end_with, forget_with

        forget_with("care", forget)
        close_after("care", unfinished)
        end_with("care.part", end_by_number)
