"""The columnar pipeline: from a table of indicators to sealed places."""
