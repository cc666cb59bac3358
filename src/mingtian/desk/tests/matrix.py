"""Everybody who is signed in has a desk; what lies on it follows the posts."""

from mingtian.testing.matrix import EVERYBODY, Row

ROWS = {
    "desk:desk": Row(get=EVERYBODY),
    "desk:slash": Row(get=EVERYBODY),
    "desk:search": Row(get=EVERYBODY),
}
