# The export has lost a column that the profile names.
$ perl -pi -e 's/agent_id/agent/ if $. == 1' exports/transactions-2026-05.csv
$ qacli sample draw weekly-routine --period 2026-W20 --as p_tl1 --today 2026-05-18
