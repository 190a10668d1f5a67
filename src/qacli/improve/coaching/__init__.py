"""Coaching and training: from a need that was observed, over an option that fits, to what came of it."""
