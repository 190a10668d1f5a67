# A form of another system with more degrees than anybody can tell apart.
$ qacli scorecard import grades.json --from amazon-connect --channel phone --as p_tl1
--- grades.json
{"Title": "Calls", "ScoringStrategy": {"Mode": "QUESTION_ONLY", "Status": "ENABLED"},
 "Items": [{"Section": {"Title": "Calls", "RefId": "calls", "Items": [
   {"Question": {"Title": "How good was it?", "RefId": "how", "QuestionType": "SINGLESELECT", "Weight": 100,
     "QuestionTypeProperties": {"SingleSelect": {"Options": [
       {"RefId": "o0", "Text": "Grade 0", "Score": 0},
       {"RefId": "o1", "Text": "Grade 1", "Score": 1},
       {"RefId": "o2", "Text": "Grade 2", "Score": 2},
       {"RefId": "o3", "Text": "Grade 3", "Score": 3},
       {"RefId": "o4", "Text": "Grade 4", "Score": 4},
       {"RefId": "o5", "Text": "Grade 5", "Score": 5},
       {"RefId": "o6", "Text": "Grade 6", "Score": 6},
       {"RefId": "o7", "Text": "Grade 7", "Score": 7}]}}}}]}}]}
