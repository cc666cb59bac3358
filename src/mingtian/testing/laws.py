"""pytest plugin: how Hypothesis tries the laws. No example is told off for its time.

By itself it fails an example that takes more than a fifth of a second, and a test whose first
examples take a second to make. Both say how busy the machine is, nothing of the law.
"""

import pytest
from hypothesis import HealthCheck, settings

PROFILE = "mingtian"


@pytest.hookimpl(trylast=True)
def pytest_configure() -> None:
    # What Hypothesis chose by itself stays: on a server of CI its examples are the same each time.
    chosen = settings.get_profile(settings.get_current_profile_name())
    patient = {*chosen.suppress_health_check, HealthCheck.too_slow}
    settings.register_profile(PROFILE, chosen, deadline=None, suppress_health_check=patient)
    settings.load_profile(PROFILE)
