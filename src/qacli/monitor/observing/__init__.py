"""From a drawn item to an observation: who may, what was seen, what was answered."""
