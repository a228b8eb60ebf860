"""Reads what strangers send: tables from files, checked cell by cell.

The child process imports this package too, so it imports nothing by itself:
see `awards.intake.inspection`, `awards.intake.template`, `awards.intake.report`.
"""
