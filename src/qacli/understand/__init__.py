"""Summaries with their n and their interval."""
