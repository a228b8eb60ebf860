"""Rules that combine the children of a group into one value."""
