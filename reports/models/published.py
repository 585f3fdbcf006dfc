"""What was handed out of an edition: the report as it was and the files made of it. The database refuses to change either."""

import hashlib
from contextlib import suppress
from typing import BinaryIO

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import models

from core.audit.seals import Head
from core.models import StoredFile, TrackedModel
from core.storage import FileDamagedError, opened


class PublishedReport(TrackedModel):
    """`report` and `before` (empty where there was none) are reports as `reports.serial` writes them, `findings` what was found in it
    with its explanations, as `reports.editions.checklist.kept_findings` does.

    `chain_head` is the end of the chain of changes when the files were made, which their covers print; `renderers` the version of
    what made them (`reports.verification.renderers`).
    """

    department_paths = ("edition__bureau",)
    bureau_path = "edition__bureau"
    untracked_fields = ("report", "before", "findings")

    edition = models.OneToOneField(
        "reports.Edition", models.PROTECT, verbose_name="회차", related_name="published_report"
    )
    report = models.TextField("보고서(JSON)")
    before = models.TextField("지난 보고서(JSON)", blank=True)
    findings = models.TextField("점검 결과(JSON)", blank=True)
    sha256 = models.CharField("보고서의 SHA-256", max_length=64)
    before_sha256 = models.CharField("지난 보고서의 SHA-256", max_length=64, blank=True)
    findings_sha256 = models.CharField("점검 결과의 SHA-256", max_length=64, blank=True)
    chain_position = models.PositiveBigIntegerField("기록 사슬의 자리", default=0)
    chain_head = models.CharField("기록 사슬의 끝", max_length=64, blank=True, db_index=True)
    renderers = models.CharField("만든 프로그램의 판", max_length=64, blank=True)
    published_at = models.DateTimeField("발행한 때", auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="발행한 사람",
        null=True,
        blank=True,
        related_name="+",
    )

    publisher = models.CharField(
        "발행한 사람의 이름", max_length=300, default="", help_text="발행할 때의 이름"
    )

    class Meta:
        verbose_name = "발행본"
        verbose_name_plural = "발행본"
        default_permissions = ("view",)
        ordering = ("-published_at",)

    def __str__(self):
        return str(self.edition)

    @property
    def intact_report(self):
        """The report's text. Raises SuspiciousOperation where it is not what was published."""
        if digest(self.report) != self.sha256:
            raise SuspiciousOperation(f"발행본 {self}의 보고서가 SHA-256과 다릅니다.")
        return self.report

    @property
    def proof(self):
        """What the covers print of the chain of changes."""
        return proof_of(Head(self.chain_position, self.chain_head))


def proof_of(head):
    return f"기록 사슬 {head}" if head.position else ""


class PublishedFile(TrackedModel):
    """A file as it was made, byte for byte; `stored_file` holds the content, which was sealed when it was published."""

    department_paths = ("published_report__edition__bureau",)
    bureau_path = "published_report__edition__bureau"

    published_report = models.ForeignKey(
        PublishedReport, models.PROTECT, verbose_name="발행본", related_name="files"
    )
    extension = models.CharField("형식", max_length=10)
    name = models.CharField("파일 이름", max_length=200)
    content_type = models.CharField("내용의 형식", max_length=100)
    stored_file = models.OneToOneField(
        StoredFile, models.PROTECT, verbose_name="저장한 파일", related_name="+"
    )
    size = models.PositiveBigIntegerField("크기(바이트)")
    sha256 = models.CharField("SHA-256", max_length=64)

    class Meta:
        verbose_name = "발행한 파일"
        verbose_name_plural = "발행한 파일"
        default_permissions = ()
        ordering = ("published_report", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["published_report", "extension"], name="published_file_once_a_format"
            )
        ]

    def __str__(self):
        return self.name

    def open(self) -> BinaryIO:
        """The content, at its beginning; whoever asks closes it. Raises SuspiciousOperation where it is not what was handed out."""
        if (self.stored_file.sha256, self.stored_file.size) == (self.sha256, self.size):
            with suppress(FileDamagedError, FileNotFoundError):
                return opened(self.stored_file)
        raise SuspiciousOperation(f"발행한 파일 {self.name}의 내용이 SHA-256과 다릅니다.")

    @property
    def bytes(self) -> bytes:
        with self.open() as content:
            return content.read()


def digest(content):
    """Of bytes, or of text as UTF-8."""
    return hashlib.sha256(content if isinstance(content, bytes) else content.encode()).hexdigest()
