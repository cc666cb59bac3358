"""What certificates cost: drawing, signing, and unlocking a whole city at its closing."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import psycopg

from bench.ground import ROOT, Ground
from mingtian.certificates.rules import new_serial

if TYPE_CHECKING:
    from mingtian.certificates.queries import CertificateRow

EVERYBODY = 91_710
CLOSING = "0000000000c2"
DRAWN = 300
CREDENTIALS = 5_000
NAMES = ("林小满", "周晨", "阿依古丽·热合曼", "欧阳思远", "何䶮")


def unlock_91710(ground: Ground) -> dict[str, float]:
    """Unlock 91,710 persons with two workers, one of which is killed soon after it began.

    Wall seconds from the start of both until everybody has exactly one, the start of Python
    included.
    """
    with psycopg.connect(ground.url, autocommit=True) as connection:
        connection.execute((Path(__file__).with_suffix(".sql")).read_bytes())
        begun = time.perf_counter()
        killed, worker = _worker(), _worker()
        _wait_for_portions(connection, 3, worker)
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


def per_core() -> dict[str, float]:
    """Draw and sign on one core: certificates for each CPU-second of this process.

    Every certificate has its own name, serial and QR code; each PDF is PDF/A-2b with Chinese
    type. Django must be set up (``Ground.lay`` has done it).
    """
    from django.utils import translation

    from mingtian.certificates.badges.credential import credential_of
    from mingtian.certificates.drawing.paper import sheet_pdf
    from mingtian.certificates.drawing.words import Owner, sheet_of

    rows = [_certificate(number) for number in range(CREDENTIALS)]
    with translation.override("zh-hans"):

        def draw(number: int) -> None:
            owner = Owner(certificate=rows[number], name=NAMES[number % len(NAMES)])
            sheet_pdf(sheet_of([owner], campaign=rows[0].campaign, evenings=8))

        drawn = _rate(draw, DRAWN)
        signed = _rate(lambda number: credential_of(rows[number], f"{number:012d}"), CREDENTIALS)
    return {
        "certificate_pdf_per_core_second": round(drawn, 1),
        "credential_per_core_second": round(signed),
    }


def _rate(work: Callable[[int], object], times: int) -> float:
    """Return how often ``work`` runs in a CPU-second, once what it keeps has been made."""
    work(0)
    begun = time.process_time()
    for number in range(times):
        work(number)
    return times / (time.process_time() - begun)


def _certificate(number: int) -> "CertificateRow":
    from mingtian.campaigns.queries import CampaignRow
    from mingtian.campaigns.rules import CampaignState, Mandate
    from mingtian.certificates.queries import CertificateRow

    campaign = CampaignRow(
        id=2, public_id=CLOSING, name="关爱明天、普法先行", name_en="", scope_id=10,
        scope_name="岚山市", scope_name_en="", state=CampaignState.OPEN,
        mandate=Mandate(issuer="岚山市关心下一代工作委员会"), first_on=date(2023, 10, 18),
        last_on=date(2023, 10, 25), kinds=(1, 2, 3), needed_slots=40, opened_at=None,
        replay_until=None,
    )  # fmt: skip
    return CertificateRow(
        id=number, serial=new_serial(), subject=uuid4(), campaign=campaign, person_id=number,
        kind=1 + number % 3, unlocked_at=datetime(2023, 10, 26, tzinfo=UTC), revoked_at=None,
        revoked_for="",
    )  # fmt: skip


def _worker() -> subprocess.Popen[bytes]:
    command = [sys.executable, str(ROOT / "manage.py"), "unlock_certificates"]
    return subprocess.Popen(
        [*command, "--campaign", CLOSING], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def _wait_for_portions(
    connection: psycopg.Connection[tuple[object, ...]],
    wanted: int,
    worker: subprocess.Popen[bytes],
) -> None:
    done = 0
    while done < wanted:
        if worker.poll():
            raise RuntimeError("The worker failed before it had done a portion.")
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
            print(per_core() | unlock_91710(ground))
        finally:
            ground.remove()


if __name__ == "__main__":
    main()
