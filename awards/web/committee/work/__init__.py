"""Jobs as pages: begun by a button, left, and found again."""
