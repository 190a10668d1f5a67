"""What is judged and how: scales, scorecards, what becomes of a score, what differs between versions."""
