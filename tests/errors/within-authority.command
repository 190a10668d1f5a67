# What somebody may decide is decided there.
$ qacli authority set goodwill --role colleague --decision goodwill --limit 25 --next-role team-leader --from 2026-01-01 --as p_tl1 --today 2026-06-01
$ qacli authority agree goodwill --as p_mgr1 --today 2026-06-01
$ qacli escalate open over-authority --by p_a03 --words "a late fee" --decision goodwill --amount 20 --as p_a03 --today 2026-06-02
