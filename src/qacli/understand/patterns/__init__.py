"""Patterns that are true: what stands out in routine samples, looked for in all places at once and said with its caution."""
