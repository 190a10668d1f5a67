"""Causes: from the few faults that make most of them, over whys with evidence, to a fix and what new data make of it."""
