"""What of editions the database keeps as it is: all that was handed out, every event, and a published edition itself."""

from core.audit.immutability import make_immutable

PUBLISHED = "발행한 회차는 고치거나 지울 수 없습니다."
_OF_PUBLISHED = "EXISTS (SELECT 1 FROM reports_edition WHERE id = OLD.edition_id AND state = 'published')"


def make_editions_immutable() -> None:
    make_immutable("reports.edition", PUBLISHED, "OLD.state = 'published'", "OLD.state = 'published'")
    make_immutable("reports.submission", PUBLISHED, _OF_PUBLISHED, _OF_PUBLISHED)
    make_immutable("reports.editionsource", PUBLISHED, _OF_PUBLISHED, _OF_PUBLISHED)
    make_immutable("reports.editionevent", "회차의 경과는 고치거나 지울 수 없습니다.", delete=_OF_PUBLISHED)
    make_immutable("reports.publishedreport", PUBLISHED)
    make_immutable("reports.publishedfile", PUBLISHED)
    make_immutable("reports.explanation", "점검 설명은 고치거나 지울 수 없습니다. 새 설명을 다십시오.")
