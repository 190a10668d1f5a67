# Who has seen one way to settle a case has not chosen.
$ qacli escalate open senior --by p_a03 --words "asked for the board" --lacked "it is not mine" --as p_a03 --today 2026-06-02
$ qacli escalate option es_7 --what "Answer in the name of the board" --customer "is heard" --benefit "it ends" --as p_tl1 --today 2026-06-02
$ qacli escalate close es_7 --choose eo_8 --why "she was right" --technique written-answer --as p_tl1 --today 2026-06-02
