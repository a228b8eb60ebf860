"""The ledger for auditors: every event, with filters."""
