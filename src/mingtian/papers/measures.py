"""The measures of GB/T 9704-2012, once for both forms of a paper (domain.md 11.1).

Word's size 3 is 16 pt, and 28 characters of it are wider than the type area; the norm's
28 by 22 need a pitch of 15.79 pt and lines of 28.99 pt.
"""

PAGE_MM = (210.0, 297.0)
TOP_MM, LEFT_MM, RIGHT_MM, BOTTOM_MM = 37.0, 28.0, 26.0, 35.0
AREA_MM = (PAGE_MM[0] - LEFT_MM - RIGHT_MM, PAGE_MM[1] - TOP_MM - BOTTOM_MM)
"""156 by 225 mm."""

CHARACTERS, LINES = 28, 22
POINTS_PER_MM = 72 / 25.4

SIZE_TWO_PT, SIZE_THREE_PT, SIZE_FOUR_PT = 22.0, 16.0, 14.0
TITLE_CHARACTERS = int(AREA_MM[0] * POINTS_PER_MM / SIZE_TWO_PT)
"""So many of size two fill a line of the title."""

CELL_CHARACTERS = AREA_MM[0] * POINTS_PER_MM / SIZE_FOUR_PT
"""So many of size four fill a line of a table."""

MARK_PT = 48.0
"""The issuer's mark; the norm leaves its size to taste, below that of the Council's 22 by 15 mm."""

PITCH_PT = AREA_MM[0] * POINTS_PER_MM / CHARACTERS
"""From one character to the next: 15.793 pt."""

LINE_PT = AREA_MM[1] * POINTS_PER_MM / LINES
"""From one line to the next: 28.99 pt."""

MARK_BELOW_MM = 35.0
"""From the top of the type area to the upper edge of the issuer's mark."""

RULE_BELOW_MM = 4.0
"""From the number, or a letter's mark, down to the red rule."""

LETTER_MARK_MM = 30.0
"""From the page's edge to the upper edge of a letter's mark."""

LETTER_RULE_MM = 170.0
LETTER_FOOT_MM = 20.0
"""From the page's edge up to a letter's second rule."""

LETTER_THICK_MM, LETTER_GAP_MM, LETTER_THIN_MM = 0.7, 0.4, 0.25
"""A double rule; the norm leaves its weight to taste."""

NUMBER_BELOW_MM = 7.0
"""From the type area down to the page number."""

THICK_RULE_MM, THIN_RULE_MM = 0.35, 0.25
