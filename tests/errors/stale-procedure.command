# The procedure changed on the day before the call; the evaluator knows the earlier version.
$ qacli score --from form.yaml --as p_ev2 --today 2026-05-11
--- definitions/procedures/vulnerability@2.yaml
id: vulnerability
version: 2
owner: p_tl1
from: 2026-05-04
title: Customers who need more support
standard: A sign that somebody needs more support is asked about, recorded with consent, and answered with an offer.
text: As version 1; and the offer is made in the same contact.
--- form.yaml
item: t_3-2
answers: {ch-notice: met}
