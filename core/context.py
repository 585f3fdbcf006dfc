from .reach import reach_of


def reading(request):
    """`reading` in every template of a signed-in user, and whether tables may be downloaded, asked for where there is one."""
    user = getattr(request, "user", None)
    if not (user and user.is_authenticated):
        return {"reading": None}
    return {"reading": request.reading, "may_export": lambda: reach_of(user).may_export_tables}
