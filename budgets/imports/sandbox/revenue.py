"""Revenue files (세입): items by their path (장·관·항·목) and what is said of the last of each path."""

from hashlib import sha256

from django.db import transaction

from core.audit.recording import change_reason
from seoul_digital.lib.hangul import fold

from ...models import RevenueFigure, RevenueItem
from .. import fields

AMOUNTS = tuple("current_budget" if name == "current" else name for name in fields.REVENUE_AMOUNTS)
MOST = 20_000  # a city's revenue has some hundred items


class RevenueStage:
    """Keeps the lines until the file has been read through, then writes items and figures at once."""

    def __init__(self, problems, make_source):
        self.problems, self.make_source = problems, make_source
        self.lines: dict[tuple, tuple] = {}  # (year, path) → (row, amounts)
        self.source, self.year = None, None

    def take(self, lines):
        for row, (year, *path), amounts in lines:
            key = (year, tuple(filter(None, path)))
            self.year = max(self.year or year, year)
            if key in self.lines:
                self.problems.add(
                    f"{self.lines[key][0]:,}행과 같은 과목이 또 있습니다.",
                    "한 줄만 남기거나 합쳐 주십시오.",
                    row,
                    "목",
                )
            elif len(self.lines) < MOST:
                self.lines[key] = (row, amounts)
            else:
                self.problems.add(f"세입 과목이 {MOST:,}개를 넘습니다.", "파일의 종류를 확인하십시오.", row)

    def finish(self):
        if self.problems.count or not self.lines:
            return
        self.source = self.make_source(self.year)
        with transaction.atomic(), change_reason(f"세입 파일을 읽음: {self.source.document}"):
            items = _Items()
            RevenueFigure._base_manager.bulk_create(
                RevenueFigure(
                    source=self.source,
                    item_id=items.at(path, row).pk,
                    fiscal_year=year,
                    **dict(zip(AMOUNTS, amounts, strict=True)),
                )
                for (year, path), (row, amounts) in self.lines.items()
            )


class _Items:
    """Revenue items by parent and name; those that are missing are made, with slugs that follow from their path."""

    def __init__(self):
        self.known = {(item.parent_id, fold(item.name)): item for item in RevenueItem.objects.all()}

    def at(self, path, row):
        item = None
        for depth, name in enumerate(path, 1):
            key = (item.pk if item else None, fold(name))
            if key not in self.known:
                slug = f"item-{sha256('/'.join(map(fold, path[:depth])).encode()).hexdigest()[:16]}"
                self.known[key] = RevenueItem.objects.create(
                    slug=slug, name=name, parent=item, order=min(row, 32_767)
                )
            item = self.known[key]
        return item
