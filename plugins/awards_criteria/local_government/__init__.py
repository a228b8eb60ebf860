"""Governments of regencies, cities and villages: who is insured, and what they do for it."""
