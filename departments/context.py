def reading(request):
    """`reading` in every template of a signed-in user."""
    user = getattr(request, "user", None)
    return {"reading": request.reading if user and user.is_authenticated else None}
