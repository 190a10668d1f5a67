# Nobody agrees a frame of their own.
$ qacli frame agree weekly-routine --as p_tl1
