"""What customers say: surveys with all who were asked, informal feedback as it was heard, themes, and what came of it."""
