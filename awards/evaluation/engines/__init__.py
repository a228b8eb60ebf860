"""Where rows are worked on: in this process, or on many machines.

Private to `awards.evaluation`: rules see expressions, never an engine.
"""
