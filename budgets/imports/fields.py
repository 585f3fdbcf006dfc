"""The columns that the finance system's exports have, by the words that stand over them."""

import re
import unicodedata

EXECUTION, BOOK, REVENUE, OVERVIEW = "execution", "book", "revenue", "overview"
KINDS = {EXECUTION: "집행현황", BOOK: "예산서", REVENUE: "세입", OVERVIEW: "총괄"}

# What names a line, top down, and what is said of it.
LINE_PARTS = {
    "fiscal_year": "회계연도",
    "account": "회계구분",
    "department": "부서명",
    "policy": "정책사업",
    "unit": "단위사업",
    "detailed": "세부사업",
    "detailed_code": "세부사업 코드",
    "object_group": "편성목",
    "object_name": "통계목",
}
REVENUE_PARTS = {"chapter": "장", "section": "관", "paragraph": "항", "item": "목"}
LINE_AMOUNTS = {
    "original": "본예산",
    "supplementary": "추경",
    "pre_establishment": "성립전",
    "reserve": "예비비",
    "carried_over": "이월액",
    "transferred": "이체",
    "diverted": "전용",
    "current": "예산현액",
    "committed": "원인행위액",
    "disbursed": "지출액",
    "previous": "전년도예산액",
}
REVENUE_AMOUNTS = {
    "current": "예산현액",
    "assessed": "징수결정액",
    "collected": "실제수납액",
    "written_off": "불납결손액",
    "uncollected": "미수납액",
}
# Of a table of many bureaus, one a row (총괄): its name, amounts, and numbers that are no amounts.
OVERVIEW_PARTS = {"fiscal_year": "회계연도", "bureau": "실·국"}
COUNTS = {"strategic_goals": "전략목표 수", "policy_goals": "정책사업목표 수", "indicators": "지표 수"}
OVERVIEW_AMOUNTS = {"current": "예산현액", "previous": "전년도예산액", "change": "비교증감", **COUNTS}
# Derived figures: known, so that nobody is asked what they mean, and never kept.
CHECKS = {"remaining": "집행잔액", "rate": "집행률", "standing": "기정액", "change": "비교증감"}
IGNORED = "ignored"

LABELS = {
    **OVERVIEW_PARTS,
    **COUNTS,
    **LINE_PARTS,
    **REVENUE_PARTS,
    **LINE_AMOUNTS,
    **REVENUE_AMOUNTS,
    **CHECKS,
}
PARTS_OF_CURRENT = tuple(LINE_AMOUNTS)[: tuple(LINE_AMOUNTS).index("current")]

WORDS = {
    "fiscal_year": "회계연도 연도 년도 회계년도",
    "account": "회계구분 회계 회계명 회계구분명",
    "department": "부서명 부서 담당부서 집행부서 사업부서 소관부서 부서(담당관) 실국과",
    "bureau": "실국 실·국 실국명 실·본부·국 실본부국 기관 기관명 국·정책관",
    "strategic_goals": "전략목표 전략목표수",
    "policy_goals": "정책사업목표 정책사업목표수",
    "indicators": "지표 지표수 성과지표 성과지표수",
    "policy": "정책사업 정책사업명",
    "unit": "단위사업 단위사업명",
    "detailed": "세부사업 세부사업명 세부사업(코드) 세부사업명(코드)",
    "detailed_code": "세부사업코드 사업코드 코드",
    "object_group": "편성목 편성목명",
    "object_name": "통계목 통계목명",
    "chapter": "장 장명",
    "section": "관 관명",
    "paragraph": "항 항명",
    "item": "목 목명",
    "original": "본예산 당초예산 본예산액 당초예산액 당초",
    "supplementary": "추경 추경예산 추경액 추경예산액 추가경정예산 추경증감",
    "pre_establishment": "성립전 성립전예산 성립전예산액",
    "reserve": "예비비 예비비사용액 예비비사용",
    "carried_over": "이월액 이월 전년도이월액 전년도이월 이월예산",
    "transferred": "이체 이체액 이체증감",
    "diverted": "전용 전용액 전용증감",
    "current": "예산현액 현액 예산액 예산액(경정) 경정 경정예산 경정예산액 금년도예산액",
    "committed": "원인행위액 원인행위 원인행위금액",
    "disbursed": "지출액 지출 지출금액",
    "assessed": "징수결정액 징수결정",
    "collected": "실제수납액 수납액 실제수납",
    "written_off": "불납결손액 불납결손",
    "uncollected": "미수납액 미수납",
    "remaining": "집행잔액 잔액 예산잔액",
    "rate": "집행률 집행율 수납률 징수율",
    "previous": "전년도예산액 전년도 전년예산액 전년도최종예산 전년도최종예산액",
    "standing": "기정 기정액 기정예산액 전년도(기정) 전년도예산액(기정)",
    "change": "비교증감 증감 증감액 증△감 비교증△감 증감률",
}
FIELD_OF = {word: field for field, words in WORDS.items() for word in words.split()}
BUDGET_WORDS = frozenset(["예산액", "예산액(경정)", "경정", "경정예산", "경정예산액", "금년도예산액"])

YEAR = re.compile(
    r"((?:19|20)\d\d)(?:년도?|(?:년도?)?(?:당초|최종|본)?예산(?:액|현액)?)"
)  # `2020년`, `2021최종예산`
ACCOUNT = re.compile(r"\A.*(?:회계|기금)(?:\([^()]*\))?")
DIVISION = "구분"  # the label of a first column, whatever stands below

UNIT = re.compile(r"(백만원|억원|천원|원)")
DECLARED_UNIT = re.compile(r"단위\s*+[:：]?\s*+(백만원|억원|천원|원)")
_UNIT_IN_LABEL = re.compile(r"[\(\[](?:단위[::]?)?(백만원|억원|천원|원|%)[\)\]]")
_FORMULA_IN_LABEL = re.compile(r"[\(\[][A-Za-z0-9=+\-*/·,÷×%]*[\)\]]")
_ORNAMENT = re.compile(r"^[①-⑳*※]+|[*※]+$")


def plain_label(label: object) -> str:
    """`① 예산 현액(A)\\n(천원)` → `예산현액`."""
    text = _ORNAMENT.sub("", str(label).replace("\ufeff", "").strip())
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    return _FORMULA_IN_LABEL.sub("", _UNIT_IN_LABEL.sub("", text))


def unit_in(label: object) -> str:
    found = _UNIT_IN_LABEL.search(re.sub(r"\s+", "", str(label)))
    return "" if not found or found[1] == "%" else found[1]
