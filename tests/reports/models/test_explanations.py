from reports.models import Explanation


def test_explanation_is_called_by_its_finding_and_a_piece_of_its_reason():
    assert str(Explanation(finding="staffing.sum", reason="파견 포함")) == "staffing.sum: 파견 포함"
    assert len(str(Explanation(finding="staffing.sum", reason="가" * 200))) == 100
