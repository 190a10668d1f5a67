"""The only door to record bytes: canonical CSV, journal, lock, recovery, reading, verify."""
