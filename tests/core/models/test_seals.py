from core.models.seals import ChainLink, RecordSeal


def test_seals_and_links_are_nobodys_to_change():
    assert [model._meta.default_permissions for model in (RecordSeal, ChainLink)] == [(), ()]


def test_seals_and_links_are_called_by_their_place():
    assert str(RecordSeal(record_id=3, mac="ab")) == "3 ab"
    assert str(ChainLink(position=7, head="cd")) == "7 cd"
