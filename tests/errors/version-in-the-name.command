# The version in the name of a file is the one in the file.
$ qacli check
--- definitions/procedures/hold@3.yaml
id: hold
version: 2
owner: p_tl1
from: 2026-05-04
title: Hold and transfer
standard: A hold is asked for and explained.
text: No hold is longer than two minutes.
