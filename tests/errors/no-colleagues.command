# An export that names nobody: a sample of so many for each colleague cannot be taken of it.
$ sed -i "/^  colleague:/d" definitions/profiles/telephony.yaml
$ qacli frame agree monthly-colleague --as p_mgr1 --today 2026-06-01
$ qacli sample draw monthly-colleague --period 2026-05 --as p_tl1 --today 2026-06-02
