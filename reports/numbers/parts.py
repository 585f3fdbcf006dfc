"""What is asked about the numbers of an edition's parts."""

from collections import defaultdict
from functools import reduce
from typing import Any

from core.mentions.states import TextState, states

from ..editions.activity import watched
from ..editions.collection import Collection, PartCell
from ..editions.part import WHOLE
from ..editions.parts import Key

NOT_DECIDED = "본문의 숫자 {:,}개가 무엇을 뜻하는지 아직 정하지 않았습니다. 발행하기 전에 정해 주십시오."
Asked = dict[Any, list[TextState]]  # by the key of a part


def asked_by_part(collection: Collection) -> Asked:
    """The texts with something to decide in each part; of a row that several parts watch in each of them."""
    by_subject: dict[Key, list[TextState]] = defaultdict(list)
    for text in states(collection.snapshot):
        if text.is_asked:
            for key in subjects_of(text):
                by_subject[key].append(text)
    return {
        cell.place.key: found
        for cell in collection.cells
        if (found := [text for key in cell.place.watched for text in by_subject.get(key, ())])
    }


def subjects_of(text: TextState) -> list[Key]:
    """Under which keys the parts know the row."""
    found = [(part, entry.subject) for part, entry in watched() if entry.model is type(text.row)]
    return [
        (part, reduce(getattr, subject.split("__"), text.row) if subject else WHOLE)
        for part, subject in found
    ]


def asked_of(collection: Collection, cell: PartCell) -> list[TextState]:
    return asked_by_part(collection).get(cell.place.key, [])
