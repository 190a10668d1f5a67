"""Sampling, observation and scoring."""
