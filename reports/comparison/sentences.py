"""What several chapters say of their changes in the same words."""

from .changes import Counts

KIND_WORDS = {"added": "새로 생긴 것", "removed": "없어진 것", "changed": "달라진 것"}
SAME = "달라진 것이 없습니다."


def counted(counts: Counts) -> str:
    """`새로 생긴 것 1건, 달라진 것 3건입니다.`"""
    parts = [f"{word} {number}건" for key, word in KIND_WORDS.items() if (number := getattr(counts, key))]
    return f"{', '.join(parts)}입니다." if parts else SAME
