"""Disputes: a colleague contests criteria of an observation, somebody else decides, and both versions are kept."""
