"""What of editions the database keeps as it is: all that was handed out, every event, and a published edition itself."""

from core.audit.immutability import make_immutable

PUBLISHED = "발행한 회차는 고치거나 지울 수 없습니다."
_OF_PUBLISHED = "EXISTS (SELECT 1 FROM reports_edition WHERE id = OLD.edition_id AND state = 'published')"

_OF_A_PUBLISHED_REPORT = """EXISTS (
    SELECT 1 FROM reports_publishedreport JOIN reports_edition ON reports_edition.id = reports_publishedreport.edition_id
    WHERE reports_publishedreport.id = NEW.published_report_id AND reports_edition.state = 'published')"""


def make_editions_immutable() -> None:
    make_immutable("reports.edition", PUBLISHED, "OLD.state = 'published'", "OLD.state = 'published'")
    for label in ("reports.submission", "reports.editionsource"):
        make_immutable(label, PUBLISHED, _OF_PUBLISHED, _OF_PUBLISHED, _OF_PUBLISHED.replace("OLD.", "NEW."))
    make_immutable("reports.editionevent", "회차의 경과는 고치거나 지울 수 없습니다.", delete=_OF_PUBLISHED)
    make_immutable("reports.publishedreport", PUBLISHED, insert=_OF_PUBLISHED.replace("OLD.", "NEW."))
    make_immutable("reports.publishedfile", PUBLISHED, insert=_OF_A_PUBLISHED_REPORT)
    make_immutable("reports.explanation", "점검 설명은 고치거나 지울 수 없습니다. 새 설명을 다십시오.")
