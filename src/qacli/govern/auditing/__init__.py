"""Audits of working practices and of the monitoring itself, findings to their verified end, and changes that are tried."""
