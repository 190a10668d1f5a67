# `qacli check` says so before anybody is refused.
$ qacli check
--- definitions/procedures/hold@2.yaml
id: hold
version: 2
owner: p_tl1
from: 2026-05-04
title: Hold and transfer
standard: A hold is asked for and explained.
text: As version 1, and no hold is longer than two minutes.
