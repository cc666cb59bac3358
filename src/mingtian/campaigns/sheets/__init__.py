"""Learning codes as pictures and as paper.

qr      a code's address as a QR picture (SVG, PNG)
draw    the printable sheet of one class, or the booklet of a school (typst)
"""
