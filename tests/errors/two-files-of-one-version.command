# Which of the two is in force?
$ qacli check
--- definitions/procedures/hold@1.yaml
id: hold
version: 1
owner: p_tl1
from: 2026-01-01
title: Hold and transfer
standard: A hold is asked for and explained.
text: No hold is longer than two minutes.
