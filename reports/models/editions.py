"""Editions (회차): one report to one council session at one base date, and who has delivered what for it (취합)."""

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_noop

from core.bureau_names import of_bureau
from core.models import TrackedModel, TrackedQuerySet
from core.models.bureaus import bureau_key
from seoul_digital.lib.tables import day


class EditionQuerySet(TrackedQuerySet):
    def of_bureaus(self, bureaus):
        return self.filter(bureau__in=bureaus).select_related("bureau")

    def published(self):
        return self.filter(state=Edition.State.PUBLISHED)

    def newest_first(self):
        return self.order_by("-as_of", "-pk")

    def with_counts(self):
        """`submitted` and `confirmed`: how many parts have come so far."""
        states = Submission.State
        return self.annotate(
            submitted=Count("submissions", filter=Q(submissions__state=states.SUBMITTED)),
            confirmed=Count("submissions", filter=Q(submissions__state=states.CONFIRMED)),
        )


class Edition(TrackedModel):
    """Nothing of it may be put back by hand: `Step` keeps all that was done, and the database refuses to touch a published one
    (`reports.models.immutability`).
    """

    department_paths = ("bureau",)
    bureau_path = "bureau"

    class State(models.TextChoices):
        OPEN = "open", gettext_noop("준비")
        COLLECTING = "collecting", gettext_noop("취합 중")
        REVIEW = "review", gettext_noop("검토 중")
        PUBLISHED = "published", gettext_noop("발행")

    bureau = bureau_key(models.PROTECT, related_name="editions")
    title = models.CharField("제목", max_length=100, help_text="업무보고의 표지에 인쇄됩니다.")
    council_session = models.CharField(
        "의회 회기", max_length=100, blank=True, help_text="예: 제314회 임시회"
    )
    as_of = models.DateField("기준일")
    deadline = models.DateField("제출 마감")
    correction = models.CharField(
        "정정 내용",
        max_length=300,
        blank=True,
        help_text="이미 발행한 보고서를 바로잡는 회차일 때 무엇을 왜 고쳤는지 적습니다. 표지에 인쇄됩니다.",
    )
    state = models.CharField("단계", max_length=10, choices=State, default=State.OPEN)
    created_at = models.DateTimeField("연 때")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="연 사람",
        null=True,
        blank=True,
        related_name="+",
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = "업무보고 회차"
        verbose_name_plural = "업무보고 회차"
        ordering = ("-as_of", "-pk")
        permissions = (
            ("submit_edition", "업무보고 제출"),
            ("preview_edition", "업무보고 초안 보기"),
            ("publish_edition", "업무보고 발행"),
        )
        constraints = [
            models.UniqueConstraint(
                fields=["bureau", "as_of"],
                condition=~Q(state="published"),
                name="edition_one_unpublished_a_date",
                violation_error_message="이 기준일의 회차가 이미 열려 있습니다.",
            )
        ]

    def __str__(self):
        return f"{self.label} ({day(self.as_of)})"

    @property
    def label(self):
        """The title, with the bureau where there are several."""
        return of_bureau(self.title, self.bureau_id)

    @property
    def is_published(self):
        return self.state == self.State.PUBLISHED

    @property
    def takes_parts(self):
        """Whether parts are handed in and looked at."""
        return self.state in {self.State.COLLECTING, self.State.REVIEW}


class Submission(TrackedModel):
    """How far a part of an edition is; `part` is the key of a chapter. There is none while nothing was done with the part:
    `reports.editions.parts` knows which parts there are."""

    department_paths = ("department",)
    bureau_path = "edition__bureau"

    class State(models.TextChoices):
        NOT_BEGUN = "not_begun", "시작 전"
        SUBMITTED = "submitted", "제출"
        RETURNED = "returned", "반려"
        CONFIRMED = "confirmed", "확인"

    edition = models.ForeignKey(Edition, models.CASCADE, verbose_name="회차", related_name="submissions")
    department = models.ForeignKey(
        "departments.Department", models.PROTECT, verbose_name="부서", related_name="+"
    )
    part = models.SlugField("부분", max_length=30, db_index=False)
    project = models.ForeignKey(
        "projects.Project", models.PROTECT, verbose_name="사업", null=True, blank=True, related_name="+"
    )
    state = models.CharField("상태", max_length=10, choices=State, default=State.NOT_BEGUN)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="맡은 사람",
        null=True,
        blank=True,
        related_name="+",
    )
    note = models.TextField("의견", blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="한 사람",
        null=True,
        blank=True,
        related_name="+",
    )
    at = models.DateTimeField("한 때", null=True, blank=True)
    version = models.CharField("그때의 내용의 지문", max_length=64, blank=True)
    in_place = models.BooleanField("대신 확인함", default=False)

    class Meta:
        verbose_name = "제출"
        verbose_name_plural = "제출"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="submission_of_a_project_names_it",
                condition=Q(part="projects") ^ Q(project__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["edition", "department", "part"],
                condition=Q(project__isnull=True),
                name="submission_once_a_part",
            ),
            models.UniqueConstraint(
                fields=["edition", "department", "project"],
                condition=Q(project__isnull=False),
                name="submission_once_a_project",
            ),
        ]

    def __str__(self):
        return f"{self.department} {self.project or self.part}"

    @property
    def key(self) -> tuple[int, str, int | None]:
        """Which part it is, as `CollectedPart.key`."""
        return self.department_id, self.part, self.project_id


class EditionEvent(TrackedModel):
    """One thing done with an edition or a part of it: who, when, from which state to which, with which words. Never changed.

    Handing in a part confirms what it says otherwise than the last report: `held_count` values, a list of that digest.
    """

    department_paths = ("edition__bureau",)
    bureau_path = "edition__bureau"

    class Kind(models.TextChoices):
        OPENED = "opened", "회차를 엶"
        EDITED = "edited", "회차를 고침"
        STATE = "state", "단계를 바꿈"
        SUBMISSION = "submission", "부분의 상태를 바꿈"
        OWNER = "owner", "맡은 사람을 바꿈"
        REMINDER = "reminder", "독려 메일을 보냄"
        SOURCE = "source", "자료를 넣거나 뺌"
        KEPT = "kept", "지난 값을 유지함"
        SIGNED = "signed", "점검표에 서명함"

    edition = models.ForeignKey(Edition, models.CASCADE, verbose_name="회차", related_name="events")
    kind = models.CharField("한 일", max_length=10, choices=Kind)
    department = models.ForeignKey(
        "departments.Department", models.PROTECT, verbose_name="부서", null=True, blank=True, related_name="+"
    )
    part = models.SlugField("부분", max_length=30, blank=True, db_index=False)
    project = models.ForeignKey(
        "projects.Project", models.PROTECT, verbose_name="사업", null=True, blank=True, related_name="+"
    )
    before = models.CharField("앞의 상태", max_length=10, blank=True)
    after = models.CharField("뒤의 상태", max_length=10, blank=True)
    note = models.TextField("내용", blank=True)
    held_count = models.PositiveIntegerField("확인한 다른 값의 수", null=True, blank=True)
    held_digest = models.CharField("확인한 목록의 지문", max_length=64, blank=True)
    at = models.DateTimeField("때", auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="한 사람",
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = "회차의 경과"
        verbose_name_plural = "회차의 경과"
        default_permissions = ()
        ordering = ("-at", "-pk")

    def __str__(self):
        return f"{self.get_kind_display()} ({self.edition})"
