# More is to be drawn of what varies more, and for one channel nobody said how much it does.
$ perl -pi -e 's/^design: proportional/design: stratified\nallocation: neyman\nspread: {phone: 9}/; s/^version: 1$/version: 2/' definitions/frames/weekly-routine.yaml
$ qacli frame agree weekly-routine --as p_mgr1 --today 2026-06-02
$ qacli sample draw weekly-routine --period 2026-W21 --as p_tl1 --today 2026-06-02
