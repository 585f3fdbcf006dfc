import pytest

from seoul_digital.lib.outline.errors import OutlineError, check_cells, check_size


def test_error_says_where():
    error = OutlineError(3, "‘ㅁ’은 모르는 표시입니다.", "ㅁ")
    assert str(error) == "3번째 줄: ‘ㅁ’은 모르는 표시입니다."
    assert (error.line, error.message, error.mark) == (3, "‘ㅁ’은 모르는 표시입니다.", "ㅁ")


def test_error_of_the_whole_text_names_no_line():
    assert str(OutlineError(0, "글이 깁니다.")) == "글이 깁니다."


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("가" * 20_001, "글이 20,001자입니다. 20,000자까지"),
        ("\n" * 500, "글이 501줄입니다. 500줄까지"),
    ],
    ids=["characters", "lines"],
)
def test_check_size_refuses_one_more(text, message):
    check_size(text[:-1])
    with pytest.raises(OutlineError, match=message):
        check_size(text)


def test_check_cells_refuses_one_more():
    check_cells(4, 1_000)
    with pytest.raises(OutlineError, match="4번째 줄: 글의 표가 모두 1,001칸을 넘습니다"):
        check_cells(4, 1_001)
