# Nothing is drawn before the purpose, the lawful basis and the assessment are written down.
$ perl -pi -e 's/^(purpose|lawful_basis|dpia):.*/$1:/' qacli.yaml
$ qacli sample draw weekly-routine --period 2026-W20 --as p_tl1 --today 2026-05-18
