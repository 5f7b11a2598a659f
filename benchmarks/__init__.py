"""What we claim, measured beside what we claim it against: ``python -m benchmarks.NAME [--json] [--quick]``."""
