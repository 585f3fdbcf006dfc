"""An edition's overview as one user sees it: the grid with what may be done in each cell."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from ..models import Edition
from ..numbers.page import asked_count
from ..numbers.parts import asked_by_part
from .access import Access
from .collection import Collection, PartCell, UnitParts
from .parts import columns
from .people import deliverers
from .unit_actions import pick_name
from .words import changed_words, event_note, event_words
from .workflow import ORDER

EVENTS_SHOWN = 20


@dataclass(frozen=True)
class PartCellView:
    cell: PartCell
    label: str  # '' where the column says it
    url: str
    edit_url: str
    changed: str
    may_submit: bool
    may_confirm: bool
    is_near: bool = True
    asked: int = 0  # numbers of its texts that are to be decided

    @property
    def action(self) -> tuple[str, str] | None:
        """What is done with one press of a button: its name and word. What is another's to hand in is handed in on its own page."""
        if self.may_submit and self.is_near:
            return "submit", "다시 제출" if self.cell.submission and self.cell.submission.by else "제출"
        return ("confirm", "확인") if self.may_confirm else None

    @property
    def pick(self) -> str:
        """What the box that picks it for confirmation sends."""
        return f"{pick_name(self.cell)} {self.cell.version_token}"


@dataclass(frozen=True)
class UnitPartsView:
    row: UnitParts
    columns: list[tuple[str, list[PartCellView]]]
    is_own: bool
    may_look: bool

    @property
    def submittable(self) -> list[PartCellView]:
        """What is handed in with one press."""
        return submittable(one for _, cells in self.columns for one in cells)

    @property
    def confirmable(self) -> list[PartCell]:
        """What the planner confirms with one press."""
        return [one.cell for _, cells in self.columns for one in cells if one.may_confirm]


def submittable(views: Iterable[PartCellView]) -> list[PartCellView]:
    """What the unit's own people hand in at once; with less than two there is nothing to spare."""
    found = [one for one in views if one.may_submit and one.is_near and not one.cell.hold_reason]
    return found if len(found) > 1 else []


def part_url(edition, place) -> str:
    subject = [place.project.slug] if place.project else []
    return reverse("reports:part", args=[edition.pk, place.department.slug, place.part, *subject])


def shown_cell(cell: PartCell, edition, access: Access, asked: int = 0) -> PartCellView:
    place, takes = cell.place, edition.takes_parts
    unit = place.department.pk
    return PartCellView(
        cell=cell,
        label="" if place.part == place.column and not place.project else place.label,
        url=part_url(edition, place),
        edit_url=cell.edit_url if access.may_edit(place.model, unit) else "",
        changed=changed_words(cell),
        may_submit=takes
        and access.may_submit(place.model, unit)
        and (cell.is_missing or bool(cell.changed_since)),
        may_confirm=takes and access.is_planner and cell.stored == "submitted",
        is_near=unit == edition.bureau_id or unit in access.user.unit_ids,
        asked=asked,
    )


def shown_rows(collection: Collection, access: Access) -> list[UnitPartsView]:
    views, asked = [], asked_by_part(collection)
    for row in _own_first(collection.rows, access):
        cells = [
            (
                label,
                [
                    shown_cell(cell, collection.edition, access, asked_count(asked.get(cell.place.key, ())))
                    for cell in row.in_column(key)
                ],
            )
            for key, label in columns().items()
        ]
        unit = row.department.pk
        views.append(UnitPartsView(row, cells, unit in access.user.unit_ids, access.may_look_into(unit)))
    return views


def _own_first(rows: list[UnitParts], access: Access) -> list[UnitParts]:
    """A member's own units before the others; planners see the order of the tree."""
    if access.is_planner:
        return rows
    return sorted(rows, key=lambda row: row.department.pk not in access.user.unit_ids)


def missing_rows(collection: Collection, staff, access: Access) -> list[dict]:
    """Who has not delivered, and who could be asked."""
    return [
        {
            "department": row.department,
            "cells": [(cell, part_url(collection.edition, cell.place)) for cell in row.missing],
            "people": list(dict.fromkeys(user for cell in row.missing for user in deliverers(cell, staff))),
        }
        for row in _own_first(collection.missing, access)
    ]


def stages(edition) -> list[tuple[str, str, bool]]:
    """(state, word, whether it is the present one), in their order."""
    return [(state.value, str(state.label), state == edition.state) for state in Edition.State]


def next_stage(edition):
    """(state, word) of the stage that follows, but for the last, to which publishing leads."""
    place = ORDER.index(edition.state) + 1
    return (ORDER[place].value, str(ORDER[place].label)) if place < len(ORDER) else None


def earlier_stages(edition) -> list[tuple[str, str]]:
    return [(state.value, str(state.label)) for state in ORDER[: ORDER.index(edition.state)]]


def event_lines(events) -> list[dict]:
    return [{"event": event, "words": event_words(event), "note": event_note(event)} for event in events]


def events_of(edition, **only):
    return edition.events.filter(**only).select_related("department", "project", "by").order_by("-at", "-pk")
