"""Signs of figures as a screen reader says them: △ is minus, a lone dash is none, ≠ is unlike.

What is seen, searched and copied stays as it is: the word is the label of a picture, no hidden text.
"""

import re
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from seoul_digital.lib.language import is_english
from seoul_digital.lib.language.sentences import escaped

MINUS, NONE, UNLIKE = _("마이너스"), _("없음"), _("다름")
_WORDS = {"△": MINUS, "≠": UNLIKE, "-": NONE, "–": NONE}
# What stands within a tag is no text.
_SIGN = re.compile(r"<[^<>]*+>|△(?=\s?[₩0-9])|≠|\A[-–]\Z")


def labelled(text: Any) -> SafeString:
    """The text as HTML, its signs labelled; what is HTML already keeps its tags."""
    html = escaped(text)
    if "△" not in html and "≠" not in html and html not in ("-", "–"):  # most have none
        return html
    return SafeString(_SIGN.sub(_labelled, html))


def _labelled(sign: re.Match[str]) -> str:
    word = _WORDS.get(sign[0])
    language = ' lang="en"' if is_english() else ""  # also where it stands in a Korean fact
    return f'<span role="img"{language} aria-label="{word}">{sign[0]}</span>' if word else sign[0]


def in_words(text: str) -> str:
    """The text with words for its signs, for a label that is heard alone."""
    return re.sub(r"[△−]\s?(?=[₩0-9])", f"{MINUS} ", text).replace("≠", str(UNLIKE))
