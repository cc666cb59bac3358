"""Ends of a command: the first signal stops it in order, later ones do not disturb that."""

import signal
from types import FrameType

ENDING = (signal.SIGINT, signal.SIGTERM)


def end_like_ctrl_c() -> None:
    """Let SIGTERM end this command as Ctrl-C does: by KeyboardInterrupt, with all its clean-up."""
    signal.signal(signal.SIGTERM, _interrupt)


def finish_undisturbed() -> None:
    """Ignore further signals: what this command has started is being stopped."""
    for number in ENDING:
        signal.signal(number, signal.SIG_IGN)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
