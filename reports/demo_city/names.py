"""Names of the demonstration city: bureaus that the city's plan of 2020 names, others that say that they are made up (가상)."""

from collections.abc import Iterator
from itertools import count

# Of 2020년 성과계획서, but for the one that became the seeded bureau.
KNOWN_BUREAUS = (
    "대변인", "서울혁신기획관", "시민소통기획관", "청년청", "여성가족정책실", "노동민생정책관", "비상기획관",
    "남북협력추진단", "민생사법경찰단", "기획조정실", "경제정책실", "복지정책실", "도시교통실",
)  # fmt: skip
FIELDS = (
    "물순환", "공원", "주택", "문화", "관광", "체육", "안전", "도로", "하천", "기후", "에너지", "교육", "평생학습", "도서관", "시장상권",
    "농업", "동물보호", "보건", "의약", "먹거리", "건축", "도시재생", "공공개발", "재무", "인사", "세무", "자치행정", "국제협력", "감사",
)  # fmt: skip
SUBJECTS = (
    "정책", "기획", "지원", "운영", "협력", "관리", "혁신", "평가", "시설", "사업", "홍보", "연구", "점검", "상담", "현장", "민원",
)  # fmt: skip
OFFICES = ("총괄", "기획", "운영", "지원", "시설", "협력")
PLACES = (
    "생활권",
    "역세권",
    "공원",
    "학교",
    "전통시장",
    "복지관",
    "도서관",
    "골목길",
    "하천변",
    "공영주차장",
    "주민센터",
    "문화시설",
)
WORKS = (
    "개선", "확충", "정비", "조성", "운영", "지원", "보급", "연계", "표준화", "고도화", "시범", "점검", "교육", "홍보", "조사", "관리",
)  # fmt: skip
POLICIES = ("시민 생활 기반 강화", "현장 중심 행정 구현")
UNITS = ("기반 확충", "서비스 운영")
OBJECTS = (
    ("일반운영비", "사무관리비"),
    ("일반운영비", "공공운영비"),
    ("민간이전", "민간위탁금"),
    ("시설비및부대비", "시설비"),
    ("여비", "국내여비"),
    ("연구개발비", "전산개발비"),
)
TERMS = (
    "생활권",
    "수요조사",
    "연계운영",
    "이용률",
    "통합창구",
    "현장점검",
    "기초조사",
    "공동이용",
    "표준단가",
    "성과관리",
)


def bureau_names() -> Iterator[str]:
    """Without an end, none of them twice."""
    yield from KNOWN_BUREAUS
    yield from (f"가상{field}국" for field in FIELDS)
    yield from (f"가상{FIELDS[number % len(FIELDS)]}국 {number // len(FIELDS) + 2}" for number in count())


def field_of(bureau: str) -> str:
    """The word that the names of a bureau's divisions begin with: `복지정책실` 복지, `가상공원국` 공원."""
    word = bureau.removeprefix("가상").partition("국")[0]
    for ending in ("정책실", "정책관", "기획관", "추진단", "경찰단", "조정실"):
        word = word.removesuffix(ending)
    return word


def division_names(field: str, number: int) -> list[str]:
    """`복지정책과`, `복지기획과`…; beyond the known subjects they are numbered."""
    rounds = ["", *range(2, number // len(SUBJECTS) + 2)]
    return [f"{field}{subject}{again}" + "과" for again in rounds for subject in SUBJECTS][:number]


def programme_name(division: str, place: int) -> str:
    """`복지정책 공원 정비`; of a division none comes twice before 192."""
    words = PLACES[place % len(PLACES)], WORKS[(place // len(PLACES)) % len(WORKS)]
    return f"{division.removesuffix('과')} {' '.join(words)}"
