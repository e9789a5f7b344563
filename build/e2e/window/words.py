"""The words of the page that the journeys hold on to, in one place."""

# A button that shows on the idle screen and nowhere else, in the kiosk's language.
IDLE = ("button", "借书")
