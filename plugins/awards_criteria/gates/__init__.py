"""Gates of any program: what was held before."""
