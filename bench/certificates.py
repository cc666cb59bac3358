"""What certificates cost: drawing, signing, and unlocking a whole city at its closing."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg

from bench.ground import ROOT, Ground

EVERYBODY = 91_710
CLOSING = "0000000000c2"


def unlock_91710(ground: Ground) -> dict[str, float]:
    """Unlock 91,710 persons with two workers, one of which is killed soon after it began.

    Wall seconds from the start of both until everybody has exactly one, the start of Python
    included.
    """
    with psycopg.connect(ground.url, autocommit=True) as connection:
        connection.execute((Path(__file__).with_suffix(".sql")).read_bytes())
        begun = time.perf_counter()
        killed, worker = _worker(), _worker()
        _wait_for_portions(connection, 3)
        killed.kill()
        killed.wait()
        if worker.wait():
            raise RuntimeError("The worker that was left did not finish.")
        seconds = time.perf_counter() - begun
        row = connection.execute(
            "SELECT count(*), count(DISTINCT person), count(DISTINCT serial) "
            "FROM certificates_certificate WHERE campaign_id = 2"
        ).fetchone()
    if row != (EVERYBODY, EVERYBODY, EVERYBODY):
        raise RuntimeError(f"Not exactly one for each: {row}")
    return {"unlock_91710_s": round(seconds, 2)}


def _worker() -> subprocess.Popen[bytes]:
    command = [sys.executable, str(ROOT / "manage.py"), "unlock_certificates"]
    return subprocess.Popen(
        [*command, "--campaign", CLOSING], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def _wait_for_portions(connection: psycopg.Connection[tuple[object, ...]], wanted: int) -> None:
    done = 0
    while done < wanted:
        time.sleep(0.02)
        counted = connection.execute(
            "SELECT count(*) FROM certificates_portion WHERE done_at IS NOT NULL"
        ).fetchone()
        assert counted is not None
        done = int(str(counted[0]))


def main() -> None:
    """Run these alone; ``bin/bench`` runs them with everything else."""
    with tempfile.TemporaryDirectory(prefix="mingtian-bench-") as folder:
        ground = Ground(Path(folder))
        try:
            ground.lay()
            print(unlock_91710(ground))
        finally:
            ground.remove()


if __name__ == "__main__":
    main()
