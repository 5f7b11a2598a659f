"""A translation desk for newsrooms, in the terminal."""

__version__ = "0.1.0"
