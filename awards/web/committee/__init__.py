"""The pages of the committee: behind a door, kept by nobody, in no index."""
