"""The words of the page that the journeys hold on to, in one place."""

import re

# A button that shows on the idle screen and nowhere else, in the first language.
IDLE = ("button", re.compile("^借书"))
