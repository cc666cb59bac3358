from django.apps import AppConfig


class ChildrenConfig(AppConfig):
    name = "mingtian.children"
    label = "children"

    def ready(self) -> None:
        from mingtian.children.actions.forgetting import forget
        from mingtian.vault.events import forget_with

        forget_with("children", forget)
