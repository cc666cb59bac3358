from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "mingtian.ledger"
    label = "ledger"
