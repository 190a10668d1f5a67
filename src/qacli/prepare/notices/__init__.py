"""Who was told of monitoring: notices, proof that they arrived, and what is done differently for whom."""
