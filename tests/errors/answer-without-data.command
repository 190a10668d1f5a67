# An answer names what was looked at.
$ qacli kpi question 'why did chat FCR fall?' --kpi fcr --as p_tl1 --today 2026-06-10
$ qacli kpi answer kq_7 --words 'the new release' --as p_ev1 --today 2026-06-10
