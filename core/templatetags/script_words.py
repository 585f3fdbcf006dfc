"""The words of scripts for a page in English; `say` of static/js/page.js looks them up by the Korean."""

import json

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, gettext_noop

from core.templatetags.charts import json_block
from seoul_digital.lib.language import is_english

register = template.Library()

WORDS = (
    gettext_noop("복사했습니다"),
    gettext_noop("글을 골랐습니다. Ctrl+C를 누르세요"),
    gettext_noop("‹ 앞의 값"),
    gettext_noop("화면으로 열기"),
    gettext_noop("닫기"),
    gettext_noop("불러오는 중입니다…"),
    gettext_noop("이 값을 적은 글과 문서의 자리를 불러오지 못했습니다."),
    gettext_noop("값의 근거를 불러오지 못했습니다. 잠시 뒤에 다시 눌러 주십시오."),
    gettext_noop("마이너스"),
    gettext_noop("{}의 값, 화살표 글쇠로 옮겨 다닙니다"),
    gettext_noop("이름을 적지 않은 {}곳은 세출 총괄의 표에 있습니다."),
    gettext_noop("진도선"),
    gettext_noop("모자람 {}"),
    gettext_noop("진도선 {}"),
    gettext_noop("진도선까지 {}"),
    gettext_noop("진도선까지"),
    gettext_noop("기준"),
    gettext_noop("{}초 뒤"),
    gettext_noop("계속 쓰기"),
    gettext_noop("곧 로그인이 끝납니다"),
    gettext_noop("한동안 쓰지 않아 {}에 로그인이 끝납니다."),
    gettext_noop("확인"),
    gettext_noop("로그인한 지 오래되어 {}에 로그인이 끝납니다. 적던 것을 저장해 주세요."),
    gettext_noop("다시 로그인"),
    gettext_noop("로그인이 끝났습니다"),
    gettext_noop("적던 글은 이 창에 남아 있습니다. 다시 로그인하면 되살아납니다."),
)


@register.simple_tag
def script_words() -> SafeString:
    """Nothing on a page in Korean, which scripts speak by themselves."""
    if not is_english():
        return mark_safe("")
    words = json.dumps({word: gettext(word) for word in WORDS}, ensure_ascii=False)
    return json_block("words", mark_safe(words.replace("<", "\\u003c")))  # noqa: S308
