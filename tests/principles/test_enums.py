from principles.enums import Level


def test_levels_nest():
    assert Level.CORE.included == (Level.CORE,)
    assert Level.STANDARD.included == (Level.CORE, Level.STANDARD)
    assert Level.ENHANCED.included == (Level.CORE, Level.STANDARD, Level.ENHANCED)
