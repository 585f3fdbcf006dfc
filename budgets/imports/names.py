"""Names of departments and accounts in the finance system, and theirs in this system."""

import re
from collections import defaultdict
from difflib import get_close_matches

from core.models import Source
from departments.models import Department, Placement
from seoul_digital.lib.hangul import fold, quoted

from ..models import BudgetLine, DepartmentAlias

# As plain texts: of an enumeration the driver of the database asks each row's value.
GENERAL, SPECIAL, FUND = (
    BudgetLine.AccountKind.GENERAL.value,
    BudgetLine.AccountKind.SPECIAL.value,
    BudgetLine.AccountKind.FUND.value,
)
KINDS = {
    "일반회계": GENERAL,
    "일반": GENERAL,
    "특별회계": SPECIAL,
    "특별": SPECIAL,
    "기금": FUND,
}
ENDINGS = {"회계": SPECIAL, "기금": FUND}
IN_BRACKETS = re.compile(r"\([^()]*\)$")
PROPOSED = 3


def account_of(text: str) -> tuple[str, str]:
    """Kind and name of an account or fund; a kind alone (`특별회계`) has no name. Raises ValueError for what is neither."""
    plain = "".join(text.split())
    if plain in {"", *BudgetLine.AccountKind.values}:
        return plain, ""
    if plain in KINDS:
        return KINDS[plain], ""
    stem = IN_BRACKETS.sub("", plain)
    kind = KINDS.get(stem) or next((kind for end, kind in ENDINGS.items() if stem.endswith(end)), None)
    if kind is None:
        raise ValueError(f"{quoted(text[:40], '은/는')} 회계나 기금의 이름이 아닙니다.")
    return kind, text


class DepartmentNames:
    """Finds departments by the name in a file: as mapped before, by the tree of the bureau, by any unit of that name."""

    def __init__(self, bureau, as_of):
        self.aliases = {alias.name: alias.department_id for alias in DepartmentAlias.objects.of(bureau)}
        self.slugs: dict[int, str] = {}
        self.by_name = defaultdict(list)
        for pk, slug, unit in Department.objects.order_by("pk").values_list("pk", "slug", "name"):
            self.slugs[pk] = slug
            self.by_name[fold(unit)].append(pk)
        sources = (
            Source.objects.in_force()
            .filter(scope=Source.Scope.ORGANISATION, as_of__lte=as_of)
            .of_lineage(bureau)
        )
        newest = sources.order_by("-as_of", "-received_at", "-pk").values("pk")[:1]
        self.placed = set(Placement.objects.filter(source__in=newest).values_list("department", flat=True))

    def find(self, name: str) -> int | None:
        """Units of the bureau's tree before others, and what a person has said before what the name says."""
        folded = fold(name)
        alias, found = self.aliases.get(folded), self.by_name.get(folded, [])
        near = [pk for pk in found if pk in self.placed]
        if alias and (alias in self.placed or not near):
            return alias
        near = near or found
        return near[0] if len(near) == 1 else None

    def by_slug(self, slug: str) -> int | None:
        return next((pk for pk, known in self.slugs.items() if slug and known == slug), None)

    def proposals(self, name: str) -> list[str]:
        """Slugs of units with a name like it, the likeliest first; of the same name, all."""
        folded = fold(name)
        likely = (
            [folded]
            if folded in self.by_name
            else get_close_matches(folded, self.by_name, n=PROPOSED, cutoff=0.5)
        )
        return [self.slugs[pk] for found in likely for pk in self.by_name[found]]
