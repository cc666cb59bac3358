"""Unlock rules, certificates as PDF, picture and signed credential, and their public check.

Owns what a campaign asks of each kind of person, who has earned a certificate, its serial and
whether it is valid. Reads attendance and never changes it. Knows no name but for the moment in
which a certificate is drawn.
"""
