"""Which transactions are looked at and how: sampling frames, and the techniques that they choose."""
