"""From a population to a sample: who may be observed, how many, who is drawn, and proof of it."""
