"""What is kept: records in a database, files in an archive, acts in the ledger."""
