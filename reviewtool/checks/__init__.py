"""Quality checks, one file a family; reached through the registry only."""
