"""Interchange: the forms in which records leave for other programs."""
