"""A stand-in for the newspaper's site: invented text in the markup of four eras, and the truth.

Everything follows from a seed: the same seed gives the same bytes in every process. The truth
(replica.truth) is written first and the pages from it (replica.markup), so it can be compared
with whatever a reader makes of the pages.
"""
