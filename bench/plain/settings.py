"""The product's settings with the plain views on top: no middleware, kept connections."""

from mingtian import settings as product
from mingtian.settings import *  # noqa: F403 - settings are inherited whole

# What the plain views write; accounts and the desk would ask for their middleware.
NEEDED = ("django.", "mingtian.core", "mingtian.web", "mingtian.org", "mingtian.people",
          "mingtian.campaigns", "mingtian.attendance", "mingtian.comments")  # fmt: skip
INSTALLED_APPS = [
    *(app for app in product.INSTALLED_APPS if app.startswith(NEEDED)),
    "bench.plain",
]
MIDDLEWARE = []
ROOT_URLCONF = "bench.plain.urls"
DATABASES = {
    "default": {**product.DATABASES["default"], "CONN_MAX_AGE": None, "OPTIONS": {}},
}
