"""Numbers in, numbers out: estimates with intervals, allocation, chances. Imports nothing of qacli."""
