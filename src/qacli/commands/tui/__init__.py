"""Scoring on the full screen: the conversation beside the criteria, a key for everything. Needs the extra ``tui``."""
