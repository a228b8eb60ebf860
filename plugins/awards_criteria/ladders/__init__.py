"""Rules that turn places and totals into titles."""
