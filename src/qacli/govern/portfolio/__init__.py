"""Portfolios: what five standards ask for, which records show it, and what an assessor gets."""
