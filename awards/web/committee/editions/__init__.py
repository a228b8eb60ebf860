"""Editions: opening one, its stages, and what waits for a second person."""
