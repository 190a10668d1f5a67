# Notes made while watching: a criterion that the card does not have, and a polarity that there is not.
$ qacli record t_3-2 --technique transcript --notes notes.csv --as p_ev2 --today 2026-05-11
--- notes.csv
criterion,offset,polarity,fact
ch-idv,00:41,good,asked for the memorable word
ph-hold,1:5,+,explained the wait
