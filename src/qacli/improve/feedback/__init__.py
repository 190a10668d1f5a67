"""Feedback: the invitation, the colleague's own view, the talk in its order, the answer, and how the programme balances.

What other rooms read of it is named here.
"""

from qacli.improve.feedback.answering import acknowledge as acknowledge
from qacli.improve.feedback.answering import reply as reply
from qacli.improve.feedback.delivering import deliver as deliver
from qacli.improve.feedback.preparing import prepare as prepare
from qacli.improve.feedback.sheet import Feedback as Feedback
from qacli.improve.feedback.sheet import FeedbackEvent as FeedbackEvent
from qacli.improve.feedback.sheet import FeedbackPoint as FeedbackPoint
from qacli.improve.feedback.sheet import due as due
from qacli.improve.feedback.sheet import events as events
from qacli.improve.feedback.sheet import told_on as told_on
from qacli.improve.feedback.sheet import watched_in as watched_in
