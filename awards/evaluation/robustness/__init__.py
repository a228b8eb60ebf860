"""How firm the places of a run are: advice beside a ranking, never the ranking.

Weights, scales and aggregations are varied, facts are not. Everything is computed
from the points that the run stored; `docs/robustness.md` gives formulas and sources.
"""
