"""The content of stored files in an S3-compatible store, where FILES_STORE names one; boto3 reads address, region and credentials by itself.

The row stands in the database before its object and until it is gone, so that no object is left of which nobody knows.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from functools import cache, partial
from hashlib import sha256
from typing import Any, BinaryIO, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.db.models.functions import Now

from seoul_digital.lib.file_errors import StoreUnavailableError

from ..models.stored_files import PIECE, StoredFile
from .pieces import pieces_of

KEPT_FOR_COPIES = timedelta(hours=1)  # the object of a file that was deleted
PART = 8 << 20  # bytes of what is sent at once
CONNECT_SECONDS, READ_SECONDS, ATTEMPTS = 3, 20, 2
GONE = {"404", "NoSuchKey"}
NO_STORE = (
    "파일이 객체 저장소에 있는데 FILES_STORE가 비어 있습니다. 그 저장소의 주소를 적고 다시 시작하십시오."
)


@cache
def bucket(address: str) -> Any:
    """django-storages' client of the bucket and prefix in `s3://bucket/prefix`; each thread has a connection of its own."""
    from boto3.s3.transfer import TransferConfig
    from botocore.config import Config
    from storages.backends.s3 import S3Storage

    place = urlsplit(address)
    has_endpoint = "AWS_ENDPOINT_URL" in os.environ or "AWS_ENDPOINT_URL_S3" in os.environ
    config = Config(
        connect_timeout=CONNECT_SECONDS,
        read_timeout=READ_SECONDS,
        retries={"total_max_attempts": ATTEMPTS, "mode": "standard"},
        s3={"addressing_style": "path" if has_endpoint else "auto"},
        # Others than AWS know no checksums of its own; ours are looked at whenever a file is read.
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
    return S3Storage(
        bucket_name=place.netloc,
        location=place.path.strip("/"),
        client_config=config,
        transfer_config=TransferConfig(multipart_threshold=PART, multipart_chunksize=PART, use_threads=False),
    )


def store() -> Any:
    if not settings.FILES_STORE:
        raise StoreUnavailableError(NO_STORE)
    return bucket(settings.FILES_STORE)


@contextmanager
def answering(name: str) -> Iterator[None]:
    """Raises FileNotFoundError where the store has no such object, StoreUnavailableError where it does not answer or refuses."""
    from boto3.exceptions import Boto3Error
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except ClientError as error:
        if error.response.get("Error", {}).get("Code") in GONE:
            raise FileNotFoundError(name) from error
        raise StoreUnavailableError(str(error)) from error
    except (BotoCoreError, Boto3Error) as error:
        raise StoreUnavailableError(str(error)) from error


def save(file: StoredFile, content: BinaryIO) -> None:
    """Never inside a transaction, whose end would take the row and leave the object."""
    digest = sha256()
    with tempfile.SpooledTemporaryFile(max_size=PART) as spooled:
        for piece in pieces_of(content):
            digest.update(piece)
            spooled.write(piece)
        file.size, file.sha256 = spooled.tell(), digest.hexdigest()
        with transaction.atomic(durable=True):
            file.save()
        put(file.name, cast(BinaryIO, spooled))
    file.is_whole = True
    file.save(update_fields=["is_whole"])


def put(name: str, content: BinaryIO) -> None:
    content.seek(0)
    with answering(name):
        store().save(name, File(content))


def read(file: StoredFile) -> Iterator[bytes]:
    with answering(file.name):
        client = store()
        path = f"{client.location}/{file.name}" if client.location else file.name
        yield from client.bucket.Object(path).get()["Body"].iter_chunks(PIECE)


def delete(file: StoredFile) -> None:
    """Nobody finds the file from now on. Its object goes an hour later, for a copy of the database that is being made may name it still."""
    StoredFile.objects.whole().filter(pk=file.pk).update(is_whole=False, expires_at=Now() + KEPT_FOR_COPIES)


def clear(file: StoredFile) -> None:
    """An expired one, as it was listed, which nobody finds any more."""
    if file.is_whole:
        StoredFile.objects.filter(pk=file.pk).update(expires_at=Now() + KEPT_FOR_COPIES)
    else:
        transaction.on_commit(partial(remove, file))


def remove_object(name: str) -> None:
    with answering(name):
        store().delete(name)


def remove(file: StoredFile) -> None:
    with suppress(StoreUnavailableError):
        remove_object(file.name)
        StoredFile.objects.filter(pk=file.pk).delete()
