"""What is agreed before monitoring starts: scales, scorecards, notices, procedures, frames."""
