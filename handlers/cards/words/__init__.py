"""The catalogue: every sentence the bot says, in English, so that its tone is reviewed as a whole.

One module for each place where something is said. Blanks are filled by `mrkdwn.fill`: `{due:by}` is an instant with
its leading words ("by today at 10:15"), `{due:ago}` how far it is from now. A second language is a second package with
the same names.
"""

from handlers.cards.words.actions import *
from handlers.cards.words.answers import *
from handlers.cards.words.awaited import *
from handlers.cards.words.card import *
from handlers.cards.words.contact import *
from handlers.cards.words.digest import *
from handlers.cards.words.draft import *
from handlers.cards.words.flood import *
from handlers.cards.words.forms import *
from handlers.cards.words.home import *
from handlers.cards.words.lessons import *
from handlers.cards.words.names import *
from handlers.cards.words.nudge import *
from handlers.cards.words.private import *
from handlers.cards.words.refusals import *
from handlers.cards.words.saying import *
from handlers.cards.words.stats import *
from handlers.cards.words.thread import *
from handlers.cards.words.welcome import *
from handlers.cards.words.why import *
