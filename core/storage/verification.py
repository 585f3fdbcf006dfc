"""Whether files that were taken in are what was saved. Those that were published the verifier of editions looks at."""

from collections.abc import Iterator

from ..audit.verification import Discrepancy, Verified
from ..models.stored_files import StoredFile
from .storage import DAMAGED, FileDamagedError, opened

STORED, CONTENT = "저장한 파일", "내용"
ABSENT = "객체 저장소에 내용이 없습니다."
UNANSWERED = "객체 저장소가 답하지 않아 내용을 보지 못했습니다."


def verify_stored_files(verified: Verified) -> Iterator[Discrepancy]:
    for file in StoredFile.objects.whole().filter(is_sealed=False).order_by("pk"):
        verified.number += 1
        try:
            opened(file).close()
        except FileDamagedError:
            yield Discrepancy(STORED, str(file), DAMAGED, CONTENT)
        except OSError as error:
            if StoredFile.objects.whole().filter(pk=file.pk).exists():  # nobody has deleted it meanwhile
                absent = isinstance(error, FileNotFoundError)
                yield Discrepancy(STORED, str(file), ABSENT if absent else UNANSWERED, CONTENT)
