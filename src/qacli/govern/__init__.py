"""Govern: what the law and the organisation ask of those who keep records about people."""
