"""The product's settings with the plain views on top: no middleware, kept connections."""

from mingtian import settings as product
from mingtian.settings import *  # noqa: F403 - settings are inherited whole

INSTALLED_APPS = [*product.INSTALLED_APPS, "bench.plain"]
MIDDLEWARE = []
ROOT_URLCONF = "bench.plain.urls"
DATABASES = {
    "default": {**product.DATABASES["default"], "CONN_MAX_AGE": None, "OPTIONS": {}},
}
