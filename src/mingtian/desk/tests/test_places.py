"""Every way that the desk shows is open to whom it is shown, whatever the post."""

import pytest
from django.test import Client

from mingtian.core.clock import day_of
from mingtian.desk.places import places_for
from mingtian.org.queries import list_posts
from mingtian.testing.matrix import DURING, POSTS, make_world


def test_every_place_shown_to_a_post_opens_to_it(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mingtian.core.clock.now", lambda: DURING)
    world = make_world()
    shut = {}
    for who in POSTS:
        client = Client()
        client.force_login(world.people[who])
        posts = list_posts(world.people[who].pk, day_of(DURING))
        for _heading, places in places_for(posts):
            for place in places:
                status = client.get(place.address, follow=True).status_code
                if status != 200:
                    shut[who.value, place.word] = status

    assert shut == {}
