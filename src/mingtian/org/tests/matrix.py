"""Who may open the addresses of units."""

from mingtian.testing.matrix import EVERYBODY, Row

ROWS = {
    "org:unit-list": Row(get=EVERYBODY),
}
