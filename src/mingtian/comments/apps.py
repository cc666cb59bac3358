from django.apps import AppConfig


class CommentsConfig(AppConfig):
    name = "mingtian.comments"
    label = "comments"
