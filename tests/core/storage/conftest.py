from tests.core.storage.object_store import object_server, objects  # noqa: F401 (fixtures)
