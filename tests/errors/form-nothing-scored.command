# A form that gives no score.
$ qacli scorecard import form.json --from amazon-connect --channel phone --as p_tl1
--- form.json
{"Title": "Calls", "Items": [{"Section": {"Title": "Opening", "RefId": "open", "Items": [{"Question": {"Title": "Name?", "RefId": "q1", "QuestionType": "TEXT"}}]}}]}
