"""A command that is told to end leaves nothing behind, however often it is told."""

import subprocess
import sys

ENDS_IN_ORDER = """
import os, signal
from mingtian.run.signals import end_like_ctrl_c, finish_undisturbed

end_like_ctrl_c()
try:
    os.kill(os.getpid(), signal.SIGTERM)
    print("went on")
except KeyboardInterrupt:
    finish_undisturbed()
    os.kill(os.getpid(), signal.SIGINT)
    os.kill(os.getpid(), signal.SIGTERM)
    print("cleaned up")
"""


def test_the_first_signal_ends_and_later_ones_do_not_disturb_the_clean_up() -> None:
    done = subprocess.run(
        [sys.executable, "-c", ENDS_IN_ORDER], capture_output=True, text=True, check=True
    )

    assert done.stdout == "cleaned up\n"
