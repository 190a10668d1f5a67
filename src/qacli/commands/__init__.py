"""One file per command: options, one act, words."""
