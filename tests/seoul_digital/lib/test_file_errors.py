"""What is wrong with a file, told with its place."""

import pytest

from seoul_digital.lib.file_errors import FileRefused, Problem


@pytest.mark.parametrize(
    ("problem", "sentence"),
    [
        (Problem("빈 파일입니다."), "[집행.xlsx] 빈 파일입니다."),
        (
            Problem("빈 칸입니다.", "적어 주십시오.", row=1234),
            "[집행.xlsx] 1,234행: 빈 칸입니다. 적어 주십시오.",
        ),
        (
            Problem("수가 아닙니다.", "고쳐 주십시오.", "집행현황", 12, "예산현액"),
            "[집행.xlsx] ‘집행현황’ 시트 12행 ‘예산현액’ 열: 수가 아닙니다. 고쳐 주십시오.",
        ),
    ],
)
def test_sentence_names_file_place_and_remedy(problem, sentence):
    assert problem.sentence("집행.xlsx") == sentence


def test_refusal_is_one_problem_or_many():
    assert FileRefused("깨진 파일입니다.", "다시 받으십시오.", row=3).problems == (
        Problem("깨진 파일입니다.", "다시 받으십시오.", row=3),
    )
    refused = FileRefused(problems=[Problem("하나"), Problem("둘", row=2)])
    assert refused.sentences("a.csv") == ["[a.csv] 하나", "[a.csv] 2행: 둘"]
