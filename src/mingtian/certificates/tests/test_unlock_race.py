"""Two workers in processes of their own, one of them killed while it holds a portion."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command

from mingtian.certificates.models import Certificate, Portion, Round
from mingtian.certificates.tests.conftest import FULL, make_series
from mingtian.testing.hotpath import url_of_tests

WORKER = """
import os, sys
import django
django.setup()
from datetime import datetime
from mingtian.campaigns.queries import find_campaign
from mingtian.certificates.actions import unlocking as work

public_id, now, manner = sys.argv[1:]
work.PORTION = 3
really = work.execute

def held(sql, values):
    rows = really(sql, values)
    if "INSERT INTO certificates_certificate" in sql and manner == "hangs":
        print("holding", flush=True)
        sys.stdin.read()
    return rows

work.execute = held
made = work.unlock(
    campaign=find_campaign(public_id), now=datetime.fromisoformat(now), actor="system:test"
)
print(made, flush=True)
"""


@contextmanager
def worker(campaign: str, now: str, manner: str) -> Iterator[subprocess.Popen[str]]:
    environment = {
        **os.environ,
        "DATABASE_URL": url_of_tests(),
        "DJANGO_SETTINGS_MODULE": "mingtian.settings",
    }
    process = subprocess.Popen(
        [sys.executable, "-c", WORKER, campaign, now, manner],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.mark.django_db(transaction=True)
def test_two_workers_and_a_kill_in_between_give_everybody_exactly_one(after: object) -> None:
    series = make_series()
    for pupil in series.pupils:
        series.attend(pupil, [FULL] * 4)
    asked = (series.campaign.public_id, str(after))

    with worker(*asked, "hangs") as killed:
        assert killed.stdout is not None
        assert killed.stdout.readline() == "holding\n"
        with worker(*asked, "works") as first, worker(*asked, "works") as second:
            while Portion.objects.filter(done_at=None).count() > 1:
                assert first.poll() is None, "neither ends before the portion that is held"
                assert second.poll() is None, "neither ends before the portion that is held"
            killed.kill()
            made = [int(one.communicate(timeout=60)[0]) for one in (first, second)]

    assert sum(made) == 10
    owners = Certificate.objects.values_list("person", flat=True)
    assert sorted(filter(None, owners)) == sorted(pupil.pk for pupil in series.pupils)
    assert len(set(Certificate.objects.values_list("serial", flat=True))) == 10
    assert not Round.objects.filter(finished_at=None).exists()


def test_the_command_unlocks_and_says_how_many(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    series = make_series()
    series.attend(series.pupils[0], [FULL] * 4)

    call_command("unlock_certificates")
    assert "1 certificates unlocked." in capsys.readouterr().out
    call_command("unlock_certificates", campaign=series.campaign.public_id)
    assert "0 certificates unlocked." in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("unlock_certificates", campaign="nothing00000")
