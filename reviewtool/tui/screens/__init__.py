"""Screens: each calls the services it needs, and lays out widgets."""
