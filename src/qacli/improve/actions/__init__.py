"""Actions: written as SMART, checked letter by letter against the records, followed by new figures, and ended."""
