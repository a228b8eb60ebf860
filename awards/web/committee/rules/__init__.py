"""The rules of an edition: versions, and the category editor."""
