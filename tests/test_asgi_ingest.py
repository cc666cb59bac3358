"""The application that production starts for the hot path loads no Django."""

import subprocess
import sys

import pytest

ASK = "import sys, mingtian.asgi_ingest as it; print([m for m in sys.modules if 'django' in m])"


@pytest.mark.slow
def test_the_hot_path_as_a_process_of_its_own_loads_no_django() -> None:
    said = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, check=True)
    assert said.stdout == "[]\n"
