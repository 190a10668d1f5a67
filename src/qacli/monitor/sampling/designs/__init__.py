"""Designs: how many of each stratum are taken, and with what chance; one module for each family."""
