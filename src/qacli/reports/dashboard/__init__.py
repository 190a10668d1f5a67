"""The one page: what a manager should know, with its n and its caution, and what could not be told."""
