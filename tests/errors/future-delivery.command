# What has not reached anybody yet is not proved.
$ qacli notice deliver n-chat-2 --on 2026-06-30 --reference "form log 7" --as p_tl1 --today 2026-06-01
