"""What is improbable of amounts."""

from core.thresholds import register_threshold

UNIT_JUMP = register_threshold(
    "unit-jump",
    "예산 금액의 단위가 다른 것으로 보는 배율",
    300,
    "배",
    "앞의 자료나 전년도의 이 배율을 넘거나 그 역수에 못 미치는 금액은 단위를 잘못 적은 것으로 봅니다.",
)
