"""The data desk: files come in, are checked, put right, and become parts."""
