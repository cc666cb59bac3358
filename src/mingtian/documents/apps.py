from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "mingtian.documents"
    label = "documents"
