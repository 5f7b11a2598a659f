"""File formats, one file a format, both directions."""
