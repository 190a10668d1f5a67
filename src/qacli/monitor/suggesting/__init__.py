"""What a program may say before a person judges: rules over words, measures from times. A person always decides."""
