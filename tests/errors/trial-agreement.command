# Two people never agreed in the trial.
$ perl -pi -e 's/version: 1$/version: 2/' definitions/scales/binary.yaml
$ perl -pi -e 's/binary\@1/binary\@2/; s/^version: 1.0/version: 1.1/' definitions/scorecards/chat.yaml
$ perl -e 'print "transaction,scorer,criterion,point\n"; print "t$_,p_ev1,ch-idv,", $_ % 2 ? "met" : "not_met", "\nt$_,p_ev2,ch-idv,", $_ % 2 ? "not_met" : "met", "\n" for 1..12' > trial-2.csv
$ qacli scale trial binary --from trial-2.csv --as p_tl1 --today 2026-05-11
$ qacli scale approve binary --as p_mgr1 --today 2026-05-11
