"""An S3 store for tests: moto's server, in this process, over HTTP."""

import pytest

ADDRESS = "s3://reports/seoul"


@pytest.fixture(scope="session")
def object_server():
    """An S3 store of this machine, over HTTP; its address."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def objects(object_server, settings, monkeypatch):
    """What the bucket holds, by key, in a store that settings name; empty."""
    import boto3

    from core.storage import objects

    for name, value in {
        "AWS_ENDPOINT_URL": object_server,
        "AWS_ACCESS_KEY_ID": "x",
        "AWS_SECRET_ACCESS_KEY": "x",
        "AWS_DEFAULT_REGION": "ap-northeast-2",
    }.items():
        monkeypatch.setenv(name, value)
    settings.FILES_STORE = ADDRESS
    objects.bucket.cache_clear()
    bucket = boto3.resource("s3").Bucket("reports")
    bucket.create(CreateBucketConfiguration={"LocationConstraint": "ap-northeast-2"})
    yield bucket
    bucket.objects.delete()
    bucket.delete()
    objects.bucket.cache_clear()


def take_down(monkeypatch):
    """From now on nobody answers where the store was."""
    from core.storage import objects

    monkeypatch.setattr(objects, "CONNECT_SECONDS", 0.2)
    monkeypatch.setattr(objects, "ATTEMPTS", 1)
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    objects.bucket.cache_clear()
