"""One module for each act. Check, compute, save, record in the ledger, return."""
