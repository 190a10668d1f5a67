# A frame was edited after a sample was drawn from it, and kept its version.
$ perl -pi -e 's/size: 30/size: 60/' definitions/frames/weekly-routine.yaml
$ qacli sample draw weekly-routine --period 2026-W20 --as p_tl1 --today 2026-05-18
