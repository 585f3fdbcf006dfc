"""Searching lists of admin as the site's search does: spaces, marks and particles don't count, and initials find names."""

from functools import reduce
from operator import or_
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import lookup_spawns_duplicates
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from seoul_digital.lib.hangul import Query, pattern


class SearchAdmin(admin.ModelAdmin):
    search_help_text = "띄어쓰기와 조사는 가리지 않고, 초성(ㄱㄱㅇㅇㅍㅇ)으로도 찾습니다."

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Any], search_term: Any) -> Any:
        names = self.get_search_fields(request)
        if search_term.strip() and not Query(search_term):
            return queryset.none(), False
        for token in Query(search_term).tokens:
            found = (Q(**{f"{name}__iregex": pattern(token)}) for name in names)
            queryset = queryset.filter(reduce(or_, found))
        return queryset, any(lookup_spawns_duplicates(self.opts, name) for name in names)
