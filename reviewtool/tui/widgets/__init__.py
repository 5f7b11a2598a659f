"""Widgets: values come in, messages go out; no widget knows the workspace."""
