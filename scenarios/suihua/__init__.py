"""A synthetic Suihua: the lecture-hall half of the scenario (design.md part 7).

Real places and codes, invented people. It is the demo, the golden figures of the tests and
the load of the drill. README.md says what it reproduces and how::

    city = play(options=Options(scale=Fraction(1, 20), password="…"), today=…, actor=…, now=…)

It is imported from its module, because it needs Django's settings.
"""
