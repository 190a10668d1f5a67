"""The pack of a portfolio: what an assessor reads, what proves it, and the manifest that binds it."""
