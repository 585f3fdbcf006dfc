"""Two people who edit at the same time, by the forms that they were given."""

from django.test import Client

from departments.models import User
from tests.forms import plain, sent


def signed_in(username, last_name, first_name):
    client = Client()
    names = {"username": username, "last_name": last_name, "first_name": first_name}
    client.force_login(User.objects.create(is_superuser=True, **names))
    return client


def address(instance, page="change/"):
    return f"/admin/{instance._meta.app_label}/{instance._meta.model_name}/{instance.pk}/{page}"


def opened(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return plain(sent(response))


def send(client, url, form, **changed):
    return client.post(url, {**form, **{name: value for name, value in changed.items() if value is not None}})


def saved(client, url, form, **changed):
    response = send(client, url, form, **changed)
    assert response.status_code == 302, response.content.decode()
    return [str(message) for message in client.get(response["Location"]).context["messages"]]


def refused(client, url, form, **changed):
    response = send(client, url, form, **changed)
    assert response.status_code == 409, response.content.decode()
    return response


def text_of(response):
    return " ".join(response.content.decode().split())


def row_of(form, prefix, instance):
    """The name of the inline row that holds an object."""
    return next(
        name.removesuffix("-id")
        for name, value in form.items()
        if name.startswith(prefix) and name.endswith("-id") and value == str(instance.pk)
    )


def fresh(instance):
    return type(instance).objects.get(pk=instance.pk)
