# A why that nothing shows is a guess.
$ qacli cause open ph-record --as p_tl1 --today 2026-06-02
$ qacli cause why ca_7 --branch system --words "the note closes by itself" --as p_tl1 --today 2026-06-02
