# A card is checked against scales and KPIs: a number that nobody measures, a word for an anchor, an N/A to hide behind.
$ perl -pi -e 's/^version: 1.0/version: 1.1/; s/^        filled_from: first-reply-seconds\n//; s/4: Every gap over the limit .*/4: Fine./; s/kpis: \[csat\]/kpis: [cast]/ if $. < 201; s/(not_applicable: )The customer leaves before this point\./$1if not applicable/' definitions/scorecards/chat.yaml
$ perl -pi -e 's/counter: complaint-rate/counter: complaints-rate/ if $. < 24' definitions/kpis.yaml
$ qacli check
