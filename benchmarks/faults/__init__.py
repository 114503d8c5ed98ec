"""What is seen when things go wrong, in real processes: ``python -m benchmarks.faults [--only WORDS] [--write]``."""
