"""How programs elsewhere score, as categories to start from: names of their own, no data.

Figures that no published rule gives are illustrative; those categories name no source
of their weights.
"""
