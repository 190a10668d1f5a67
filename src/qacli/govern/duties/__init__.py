"""Duties: what work falls due on which day, whose it is, and what does it; a module for each stage of the work."""
