"""Forms: errors beside the field and on top, nothing typed is lost."""
