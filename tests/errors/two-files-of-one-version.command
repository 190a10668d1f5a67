# Which of the two is in force?
$ qacli check
--- definitions/procedures/filing@1.yaml
id: filing
version: 1
owner: p_tl1
from: 2026-01-01
title: Filing
standard: Everything is filed.
text: On the day.
