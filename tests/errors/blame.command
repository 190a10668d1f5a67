# Whoever did it could do it. Why?
$ qacli cause open ph-record --as p_tl1 --today 2026-06-02
$ qacli cause why ca_7 --branch system --words "the note closes by itself" --document "screen of 20 May" --as p_tl1 --today 2026-06-02
$ qacli cause cause ca_7 --branch people --words "agent error" --as p_tl1 --today 2026-06-02
