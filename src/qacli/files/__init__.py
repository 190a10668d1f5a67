"""Reading other people's text safely: YAML with positions, CSV with cells, text that may be shown."""
