"""Rows of one form that take each other's numbers: 1 becomes 2 while 2 becomes 3, or two change places."""

from typing import Any

from django.db.models import UniqueConstraint
from django.forms.models import BaseInlineFormSet

NUMBER = "order"
HIGHEST = 32_767  # of a small integer, on both engines


class Renumbering(BaseInlineFormSet):
    """Rows are saved one by one, and the database lets no two have one number even for a moment: those that move step aside first."""

    def save_existing_objects(self, commit: bool = True) -> Any:
        if commit and (moving := self._moving()):
            self._step_aside(moving)
        return super().save_existing_objects(commit)

    def _moving(self) -> list[Any]:
        """Keys of the rows whose numbers become free, if the model's numbers are unique."""
        fields = {
            name
            for one in self.model._meta.constraints
            if isinstance(one, UniqueConstraint) and NUMBER in one.fields
            for name in one.fields
        }
        moving = [
            form
            for form in self.initial_forms
            if form in self.deleted_forms or not fields.isdisjoint(form.changed_data)
        ]
        return [form.instance.pk for form in moving if fields and form.instance.pk]

    def _step_aside(self, keys: Any) -> None:
        """The numbers given meanwhile are kept nowhere: history is written of what is saved after."""
        rows = self.model._base_manager.filter(**{self.fk.name: self.instance})
        taken = set(rows.values_list(NUMBER, flat=True))
        free = (number for number in range(HIGHEST, 0, -1) if number not in taken)
        for key, number in zip(keys, free, strict=False):
            self.model._base_manager.filter(pk=key).update(**{NUMBER: number})
