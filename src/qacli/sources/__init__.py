"""Other people's files, read only: mapping profiles, populations, transcripts."""
