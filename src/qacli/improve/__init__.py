"""Feedback and coaching plans."""
