"""Transcripts of chats, calls and e-mail in the formats in which systems give them: who said what, when."""
