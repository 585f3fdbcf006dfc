"""Many texts searched as one: what is found is what is found in each."""

from core.search import search_entries
from dashboard.search.text_index import TextIndex
from departments.models import Department
from seoul_digital.lib.hangul import Query
from tests.factories import snapshot_of

WORDS = [
    "예산", "와이파이", "공공와이파이를", "ㄱㄱㅇㅇㅍㅇ", "ㅇㅅ", "민관융합데이터", "민·관 융합데이터", "디지털 서울", "데이터에서는", "2022", "AP", "ap대수",
    "없는말", "서울시의 정보", "4,530대", "ㄷㅇㅌ 센터", "가", "a", "확대 확충", "1", "%", "_", "...", "",
]  # fmt: skip


def test_every_text_of_the_report_is_found_as_by_the_query(seeded):
    texts = [
        (entry.title, entry.body)
        for entry in search_entries(snapshot_of(Department.objects.get(slug="digital-policy-bureau")))
    ]
    index = TextIndex.from_bytes(TextIndex.of(texts).to_bytes())
    found = {words: index.count(Query(words)) for words in WORDS}
    assert found == {words: sum(Query(words).matches(*text) for text in texts) for words in WORDS}
    assert (found["와이파이"], found["없는말"], found["%"]) == (12, 0, 0)


def test_words_stand_in_one_part_each_and_all_in_one_text():
    index = TextIndex.of([("공공", "와이파이"), ("공공와이파이", ""), ("", ""), ("와이파이", "확대")])
    counts = [
        index.count(Query(words))
        for words in ("공공와이파이", "공공 와이파이", "와이파이", "확대", "ㅇㅇㅍㅇ", "ㄱㄱㅇ")
    ]
    assert counts == [1, 2, 3, 1, 3, 1]


def test_nothing_asked_and_nothing_there():
    assert TextIndex.of([("공공", "")]).count(Query("")) == 0
    assert TextIndex.of([]).count(Query("공공")) == 0
