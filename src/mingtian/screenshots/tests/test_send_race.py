"""Two phones of one home that send at the same instant leave one picture."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from mingtian.screenshots import actions
from mingtian.screenshots.models import Picture
from mingtian.screenshots.pictures import CleanPicture, clean_picture
from mingtian.screenshots.tests.conftest import DURING, Scene, drawn, encoded
from mingtian.testing.cast import make_cast
from mingtian.testing.evening import make_evening
from mingtian.testing.make import make_household


def test_two_phones_of_a_home_at_once_leave_one_picture(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    evening = make_evening()
    home = make_household(evening.pupils[0])
    scene = Scene(evening=evening, cast=make_cast(evening.tree), home=home)
    scene.switch_on()
    together = Barrier(2, timeout=30)

    def cleaned(upload: bytes) -> CleanPicture:
        clean = clean_picture(upload)
        together.wait()
        return clean

    monkeypatch.setattr(actions, "clean_picture", cleaned)

    def send(mark: int) -> int:
        try:
            return scene.send(encoded(drawn(mark=mark)), now=DURING)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as phones:
        assert list(phones.map(send, (1, 2))) == [1, 1]

    assert Picture.objects.count() == 1
    assert actions.open_picture(Picture.objects.get()).startswith(b"\xff\xd8")
