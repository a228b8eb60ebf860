"""Software that award programs run on."""

__version__ = "0.1.0"
