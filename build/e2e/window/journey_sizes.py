"""Sizes in millimetres, as the accessibility tree tells them, on the smallest and
the largest glass. `make sizes` measures every screen; here some of them."""

import sizes

SCREENS = ["idle", "PIN", "borrow, a question", "search, results", "my page"]


def held(stage, diagonal):
    results = {diagonal: sizes.all_screens(stage.screen, stage.binary, diagonal, SCREENS)}
    faults = sizes.broken(results)
    assert not faults, "\n".join(faults)
    smallest = min((m.smallest, screen, mode) for screen, of in results[diagonal].items() for mode, m in of.items())
    print(f"     {diagonal}″: the smallest control has {smallest[0]:.1f} mm ({smallest[1]}, {smallest[2]})")


def test_Accept_L52_controls_are_large_enough_named_and_in_reach_at_21_inches(stage):
    held(stage, sizes.DIAGONALS[0])


def test_Accept_L52_controls_are_large_enough_named_and_in_reach_at_43_inches(stage):
    held(stage, sizes.DIAGONALS[1])


def test_Accept_L52_a_control_that_is_too_small_too_high_or_has_no_name_is_told(stage):
    good = sizes.Measured(5, 0, 40.0, 18.0, "结束", 900.0)
    small = sizes.Measured(5, 0, 40.0, 15.0, "结束", 900.0)
    high = sizes.Measured(5, 0, 40.0, 18.0, "结束", 1130.0)
    nameless = sizes.Measured(5, 2, 40.0, 18.0, "", 900.0)
    for measured, mode, told in ((good, "standard", ""), (good, "large", "less than 20"), (small, "standard", "less than 16"),
                                 (good, "low", ""), (high, "low", "1130 mm above the floor"), (high, "standard", ""),
                                 (nameless, "standard", "2 controls without a name")):
        faults = sizes.broken({21.5: {"idle": {mode: measured}}})
        assert (len(faults) == 1 and told in faults[0]) if told else not faults, (measured, mode, faults)
    assert stage.screen.size == (1080, 1920)
