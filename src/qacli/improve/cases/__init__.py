"""Business cases: what it costs to act and not to act, with every figure traced to the record that makes it."""
