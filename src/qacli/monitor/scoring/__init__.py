"""From answers to a score, and its explanation."""
