# A card was changed under a new version that nobody has approved.
$ perl -pi -e 's/^version: 1.0/version: 1.1/' definitions/scorecards/chat.yaml
$ perl -pi -e 's/chat\@1.0/chat\@1.1/; s/^version: 1$/version: 2/' definitions/frames/weekly-routine.yaml
$ qacli frame agree weekly-routine --as p_mgr1 --today 2026-05-18
$ qacli sample draw weekly-routine --period 2026-W20 --as p_tl1 --today 2026-05-18
