"""Targets: who set them, from which day on, whether they are challenging and achievable."""
