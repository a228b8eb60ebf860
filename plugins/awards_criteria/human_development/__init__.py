"""The human development index of regencies and cities, with real data."""
