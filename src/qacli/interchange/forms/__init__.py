"""Evaluation forms of other systems: a scorecard written as one, and one read as a scorecard."""
