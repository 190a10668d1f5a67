"""Calibration: several people score the same items without seeing each other's scores, and talk about what differs."""
