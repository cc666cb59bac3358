"""Static files under names that carry their hash, compressed beforehand."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Rewrites imports between ES modules too, so that a changed module is never stale."""

    support_js_module_import_aggregation = True
    manifest_strict = False
