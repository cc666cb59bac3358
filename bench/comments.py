"""Comments: the intake against a plain Django view, the sieve, and a digest of 20,000 texts."""

import os
import time
from pathlib import Path
from statistics import median

import psycopg

from bench.ground import CITY_CLASSES, FIRST_CLASS, LECTURE, Ground
from bench.load import run_wrk, write_script
from bench.measure import BENCH_APP, CONNECTIONS, REPEATS, SECONDS, gunicorn, our_rate, server
from mingtian.attendance.ingest.tokens import Seat

SPEAKERS = 60_000
FIRST_SPEAKER = 5_000_000
DIGESTED = 20_000
SCHOOL = 3000
TEXTS = (
    "今天的课讲得真好，孩子学到了很多法律知识，谢谢老师",
    "远离毒品，从我做起，全家一起学习法律",
    "我们一家三口都在看，孩子的爷爷也来了",
    "请问孩子在学校被同学拿走东西应该怎么办？",
    "网络诈骗的手段真多，家长要多提醒孩子",
    "法律保护未成年人的权利，我会遵守法律",
)


def comments(ground: Ground) -> dict[str, float]:
    """Return every figure of comments."""
    script = write_script(ground.folder, "says", "/say", speakers(ground))
    return comments_and_plain(ground, script) | sieve_speed() | digest_speed(ground)


def speakers(ground: Ground) -> list[str]:
    """Put people into the database and return the body of a comment for each.

    The @ in the key becomes another mark with each round over all, so that every comment is
    new, up to the five that a person may say.
    """
    expires = int(time.time()) + 86_400
    with psycopg.connect(ground.url, autocommit=True) as connection:
        connection.execute(
            "INSERT INTO people_person (id, public_id, kind, unit_id, kin, created_at)"
            " SELECT %s + n, 's' || lpad(n::text, 11, '0'), 2, %s + n %% %s, '', now()"
            " FROM generate_series(0, %s) AS n ON CONFLICT DO NOTHING",
            [FIRST_SPEAKER, FIRST_CLASS, CITY_CLASSES, SPEAKERS - 1],
        )
        connection.execute("ANALYZE people_person")
    bodies = []
    for n in range(SPEAKERS):
        unit, person = FIRST_CLASS + n % CITY_CLASSES, FIRST_SPEAKER + n
        seat = ground.mint.seat(Seat(expires, 1, person, person, unit, ((person, unit, 2),)))
        bodies.append(
            f'{{"v":1,"seat":"{seat}","lecture":{LECTURE},"person":0,'
            f'"text":"{TEXTS[n % len(TEXTS)]}","key":"0@"}}'
        )
    return bodies


def comments_and_plain(ground: Ground, script: Path) -> dict[str, float]:
    """Measure stored comments, ours and the plain view's in turn, each at its best number of
    processes; both check the token and the limit, look at the words and seal them."""
    ours: dict[int, list[float]] = {1: [], 2: []}
    plain: dict[int, list[float]] = {2: [], 3: [], 4: []}
    for _ in range(REPEATS):
        for workers, rates in ours.items():
            forget_comments(ground)
            with server(ground, BENCH_APP, workers=workers) as running:
                rates.append(our_rate(running, script, CONNECTIONS))
        for workers, rates in plain.items():
            forget_comments(ground)
            with gunicorn(ground, workers) as port:
                rates.append(run_wrk(port, script, seconds=SECONDS, connections=64).rate)
    best = max(median(rates) for rates in ours.values())
    usual = max(median(rates) for rates in plain.values())
    return {
        "comments_per_second": round(best),
        "django_comments_per_second": round(usual),
        "comment_vs_django": round(best / usual, 1),
    }


def forget_comments(ground: Ground) -> None:
    """Empty the evening, so that each run writes the same."""
    with psycopg.connect(ground.url, autocommit=True) as connection:
        connection.execute("TRUNCATE comments_comment, plain_plaincomment")


def sieve_speed() -> dict[str, float]:
    """Return how many texts one core looks at in a second, every seventh with something in it."""
    from mingtian.comments.sieve.look import Sieve
    from mingtian.comments.sieve.words import parse, starting_text

    sieve = Sieve(parse(starting_text()))
    texts = [*TEXTS, "我的电话是一三八-1234 5678，加我微信"] * 5_000

    def rate() -> float:
        started = time.perf_counter()
        for text in texts:
            sieve.look(text)
        return len(texts) / (time.perf_counter() - started)

    return {"filter_comments_per_second": round(median(rate() for _ in range(9)))}


def digest_speed(ground: Ground) -> dict[str, float]:
    """Return the seconds of drafting a digest of 20,000 texts beside an evening of as many."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    from mingtian.comments.actions.digests import drafted, scrubber_of
    from mingtian.core.clock import now

    forget_comments(ground)
    fill(ground, LECTURE)
    fill(ground, LECTURE - 1)
    started = time.perf_counter()
    scrubber = scrubber_of(house_id=SCHOOL, subject="digest:bench", actor="bench", now=now())
    content = drafted(LECTURE, SCHOOL, scrubber)
    seconds = time.perf_counter() - started
    if content.counts.approved != DIGESTED or not content.themes:
        raise RuntimeError("The digest does not hold what was said.")
    return {"digest_20000_s": round(seconds, 2)}


def fill(ground: Ground, lecture: int) -> None:
    """Store so many approved texts of one school, no two alike, with names on its rosters."""
    from mingtian.comments.sealing import place_of_text
    from mingtian.core.sealing import sealer

    columns = (
        "lecture, person, number, key, public_id, unit, house, kind, kin, text_sealed, concerns,"
        " state, at, decided_by, told"
    )
    with psycopg.connect(ground.url) as connection, connection.cursor() as cursor:
        with cursor.copy(f"COPY comments_comment ({columns}) FROM STDIN") as copy:
            for n in range(DIGESTED):
                own_id = f"{lecture}{n:011d}"
                text = f"{TEXTS[n % len(TEXTS)]}，第{n % 977}组的家长{n % 13}说"
                copy.write_row((
                    lecture, n, 1, n, own_id, FIRST_CLASS, SCHOOL, 2, "mother",
                    sealer().seal(text, place_of_text(own_id)), "", "approved",
                    "2026-01-01T00:00:00Z", "", [],
                ))  # fmt: skip
        connection.execute("ANALYZE comments_comment")
