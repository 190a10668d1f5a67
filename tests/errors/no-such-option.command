# An option that was mistyped.
$ qacli sample draw weekly-routine --peroid 2026-W19
