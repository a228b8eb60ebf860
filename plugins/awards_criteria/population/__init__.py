"""Made-up candidates at real size: companies, governments and villages of East Java.

Nothing in here is about anybody: names are put together from invented words, codes
of companies and villages are made up, and the figures come out of a seeded random
source. What is real is the frame: the 38 regencies and cities, how many districts
and villages there are, the bounds of business scales, the contribution rates.
"""
