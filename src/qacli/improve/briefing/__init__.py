"""Team briefings: what was found for a team, what is to be done by whom, and what each person commits to."""
