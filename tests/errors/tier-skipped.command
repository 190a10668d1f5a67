# Who is passed over cannot help, and there may be a reason.
$ qacli escalate open senior --by p_a03 --words "asked for the board" --lacked "it is not mine" --to p_mgr1 --as p_a03 --today 2026-06-02
