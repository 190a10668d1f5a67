"""Records as evidence: tracing, privacy, and what later rules of law and authority ask."""
