# A form of another system that lacks what makes it one.
$ qacli scorecard import form.json --from amazon-connect --channel phone --as p_tl1
--- form.json
{"Title": "Calls", "Items": [{"Section": {"Title": "Opening", "RefId": "open", "Items": [{"Question": {"Titel": "Name?", "RefId": "q1", "QuestionType": "SINGLESELECT", "Weight": "much"}}]}}]}
