"""Documents on paper: certificates as archivable PDF."""
