import pytest

from seoul_digital.lib.sealed import Seal, UnreadableError


def test_seal_opens_by_its_key_alone():
    sealed = Seal("codes", ["first"]).seal("비밀")
    assert "비밀" not in sealed
    assert Seal("codes", ["first"]).open(sealed) == "비밀"
    assert Seal("codes", ["second", "first"]).open(sealed) == "비밀"
    for other in (Seal("codes", ["second"]), Seal("others", ["first"])):
        with pytest.raises(UnreadableError):
            other.open(sealed)


def test_newest_key_seals():
    sealed = Seal("codes", ["second", "first"]).seal("비밀")
    assert Seal("codes", ["second"]).open(sealed) == "비밀"


@pytest.mark.parametrize("sealed", ["", "x", "가", "gAAAAA", "\x00"])
def test_what_was_never_sealed_is_unreadable(sealed):
    with pytest.raises(UnreadableError):
        Seal("codes", ["first"]).open(sealed)


def test_changed_or_old_seal_is_unreadable():
    seal = Seal("codes", ["first"])
    sealed = seal.seal("비밀")
    with pytest.raises(UnreadableError):
        seal.open(sealed[:-4] + "AAA=")
    assert seal.open(sealed, 60) == "비밀"
    with pytest.raises(UnreadableError):
        seal.open(sealed, -1)
