"""Translation engines, one file an engine; reached through the registry only."""
