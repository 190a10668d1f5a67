"""Pictures as markup: data in, SVG or table out. Nothing here reads records, and nothing needs a script or a network."""
