"""Presets after the Paritrana Award: dimensions as published, weights illustrative."""
