"""The outbox: one row for each message Slack should show, who is trying to show it, and what became of it."""

from store.messages.leasing import *
from store.messages.outcome import *
from store.messages.owing import *
from store.messages.pace import *
from store.messages.standing import *
