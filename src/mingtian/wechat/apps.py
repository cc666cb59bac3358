from django.apps import AppConfig


class WeChatConfig(AppConfig):
    name = "mingtian.wechat"
    label = "wechat"
