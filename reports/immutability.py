"""What of editions the database keeps as it is: all that was handed out, every step, and a published edition itself."""

from core.audit.immutability import Refusal, refuse

PUBLISHED = "발행한 회차는 고치거나 지울 수 없습니다."
_OF_PUBLISHED = "EXISTS (SELECT 1 FROM reports_edition WHERE id = OLD.edition_id AND state = 'published')"


def set_up():
    refuse(
        "reports.edition",
        Refusal(PUBLISHED, update="OLD.state = 'published'", delete="OLD.state = 'published'"),
    )
    refuse("reports.submission", Refusal(PUBLISHED, update=_OF_PUBLISHED, delete=_OF_PUBLISHED))
    refuse("reports.step", Refusal("회차의 경과는 고치거나 지울 수 없습니다.", delete=_OF_PUBLISHED))
    refuse("reports.frozenreport", Refusal(PUBLISHED))
    refuse("reports.frozenfile", Refusal(PUBLISHED))
    refuse("reports.explanation", Refusal("점검 설명은 고치거나 지울 수 없습니다. 새 설명을 다십시오."))
