"""What several chapters say of their changes in the same words."""

from django.utils.translation import gettext as _

from .changes import Counts


def same() -> str:
    return _("달라진 것이 없습니다.")


def counted(counts: Counts) -> str:
    """`새로 생긴 것 1건, 달라진 것 3건입니다.`"""
    texts = {
        "added": _("새로 생긴 것 %(count)s건"),
        "removed": _("없어진 것 %(count)s건"),
        "changed": _("달라진 것 %(count)s건"),
    }
    parts = [text % {"count": number} for key, text in texts.items() if (number := getattr(counts, key))]
    return _("%(parts)s입니다.") % {"parts": ", ".join(parts)} if parts else same()
