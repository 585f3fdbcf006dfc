"""Who may do what with an edition."""

from functools import cached_property

from core.access.scope import access_scope
from departments.models import Department

from ..models import Edition, Explanation


class Access:
    """Of one user to the editions of one bureau: a permission holds where the user's role reaches the bureau."""

    def __init__(self, user, bureau):
        self.user, self.bureau = user, bureau
        self.access_scope = access_scope(user)

    def _may(self, action: str, model=Edition) -> bool:
        bureau = self.bureau.pk if self.bureau else None
        return self.access_scope.has(model, action) and self.access_scope.reaches_bureau(
            model, action, bureau
        )

    @property
    def may_open(self) -> bool:
        return self._may("add")

    @property
    def may_delete(self) -> bool:
        return self._may("delete")

    @property
    def is_planner(self) -> bool:
        """Confirms, returns, reminds (기획 담당)."""
        return self._may("change")

    @property
    def may_publish(self) -> bool:
        return self._may("publish")

    @property
    def may_preview(self) -> bool:
        """The report as a whole, before it is published."""
        return self._may("preview")

    @property
    def may_explain(self) -> bool:
        """What is found in an edition."""
        return self.may_preview and self.may_explain_findings

    @property
    def may_explain_findings(self) -> bool:
        """What is found in what is in force."""
        return self._may("add", Explanation)

    @cached_property
    def sees_unpublished(self) -> bool:
        """Planners, those who preview, and those who work for the bureau or one that it came from."""
        if self.is_planner or self.may_preview:
            return True
        lineage = Department.objects.lineage_of(self.bureau)
        return self.user.has_perm("reports.view_edition") and lineage.filter(pk=self.user.bureau_id).exists()

    def may_see(self, edition) -> bool:
        """What is published is for all who sign in; the rest for who works on it."""
        return edition.is_published or self.sees_unpublished

    def may_submit(self, model, unit_key: int) -> bool:
        """A part of the unit, which is written in the model: by planners, and by who may write it."""
        if not self.user.has_perm("reports.submit_edition"):
            return False
        return self.is_planner or unit_key in self.user.unit_ids and self.may_edit(model, unit_key)

    def may_edit(self, model, unit_key: int) -> bool:
        """Rows of the model that are the unit's, in admin."""
        if not (self.user.is_staff and self.access_scope.has(model, "change")):
            return False
        return self._may("change", model) or unit_key in self.user.unit_ids

    def may_change(self, source) -> bool:
        return self.user.has_perm("core.change_source") and self.access_scope.may(source, "change")

    def may_look_into(self, unit_key: int) -> bool:
        """At what a part's drafts say."""
        return self.may_preview or unit_key in self.user.unit_ids
