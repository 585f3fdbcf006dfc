import pytest

from seoul_digital.lib.charts.districts import PLACES, DistrictGroup, district_tiles, districts_named


def test_places_are_25_tiles_of_their_own():
    assert len(PLACES) == len(set(PLACES.values())) == 25


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("업무관리시스템 오픈 : 광진, 동작, 강남", ["광진", "동작", "강남"]),
        ("성능보강 지원 : 3개구(종로구, 성동구, 영등포구)", ["종로", "성동", "영등포"]),
        ("※ 강북·중구․구로", ["강북", "중구", "구로"]),
        ("관악구, 스마트시티 특구 조성", []),
        ("서울강남, 강서, 송파경찰서", []),
        ("15개 자치구", []),
    ],
)
def test_districts_are_those_of_lists(text, names):
    assert districts_named(text) == names


def test_tiles_tell_groups_by_fill_and_number():
    figure = district_tiles(
        [DistrictGroup("오픈", ["광진", "강남"], ["완료"]), DistrictGroup("확산", ["강남", "중구"])],
        "이름 없음",
    )
    (bars,) = figure.data
    tiles = dict(zip(PLACES, zip(bars.text, bars.marker.color, bars.customdata, strict=True), strict=True))
    assert tiles["광진"] == ("광진<br>1", "#1c589c", "광진구<br>오픈: 완료")
    assert tiles["강남"] == ("강남<br>1·2", "#1c589c", "강남구<br>오픈: 완료<br>확산")
    assert tiles["중구"] == ("중구<br>2", "#ffffff", "중구<br>확산")
    assert tiles["도봉"] == ("도봉", "#e6e8ea", "도봉구<br>이름 없음")
    assert figure.layout.meta["legend"] == [
        ("accent", "1. 오픈"),
        ("dotted", "2. 확산"),
        ("track", "이름 없음"),
    ]
