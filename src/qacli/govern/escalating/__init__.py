"""Escalation: what has to go to whom and by when, options seen from three sides, support for leaders, repeated criticals."""
