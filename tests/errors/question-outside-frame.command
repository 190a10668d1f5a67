# A question is about a part of what the frame looks at.
$ qacli sample confirm weekly-routine --period 2026-W19 --size 5 --channel email --question 'is the next step missing?' --as p_tl1 --today 2026-05-11
