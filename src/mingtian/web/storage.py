"""Static files under names that carry their hash, compressed beforehand."""

from django.contrib.staticfiles.storage import HashedFilesMixin
from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Rewrites imports between ES modules too, so that a changed module is never stale."""

    support_js_module_import_aggregation = True
    manifest_strict = False
    # Style sheets only: packages name source maps that are not served.
    patterns = tuple(pair for pair in HashedFilesMixin.patterns if pair[0] == "*.css")
