from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "mingtian.campaigns"
    label = "campaigns"
