"""Settings that the environment gives as text. A wrong one stops the start with a sentence that says what to write."""

import os
import re
from ipaddress import IPv4Network, IPv6Network, ip_network

from django.core.exceptions import ImproperlyConfigured

from .lib.hangul import postposition

SHORTEST_SESSION = 10  # seconds


def networks(name: str) -> list[IPv4Network | IPv6Network]:
    """Addresses and networks, separated by commas; none where it is empty."""
    parts = [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]
    try:
        return [ip_network(part) for part in parts]
    except ValueError:
        advice = "주소나 대역을 쉼표로 나누어 적으십시오(예: 10.1.2.3, 10.2.0.0/16)."
        raise _wrong(name, ", ".join(parts), advice) from None


def object_store(name: str) -> str:
    """An address such as `s3://bucket/folder`; empty where there is none."""
    text = os.environ.get(name, "").strip().rstrip("/")
    if text and not re.fullmatch(r"s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9_.-]+)*", text):
        raise _wrong(name, text, "s3://버킷/폴더처럼 적거나 비워 두십시오(비우면 데이터베이스에 둡니다).")
    return text


def seconds(name: str, default: float, least: float) -> float:
    """Of a setting that is a time."""
    text = os.environ.get(name) or str(default)
    try:
        if (given := float(text)) >= least:
            return given
    except ValueError:
        pass
    raise _wrong(name, text, f"{least:g}초 이상의 시간을 숫자로 적으십시오(예: {default:g}).")


def days(name: str) -> int | None:
    """A number of days; None where it is empty."""
    text = os.environ.get(name, "").strip()
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,3}", text):
        raise _wrong(name, text, "날수를 숫자로 적거나(예: 3) 비워 두십시오.")
    return int(text)


def session_limit(name: str, default: str, unit: int) -> int:
    """Seconds of a limit that is written in minutes or hours (`unit`)."""
    text = os.environ.get(name) or default
    try:
        seconds = int(float(text) * unit)
    except (ValueError, OverflowError):
        seconds = 0
    if seconds < SHORTEST_SESSION:
        raise _wrong(name, text, f"{SHORTEST_SESSION}초보다 긴 시간을 숫자로 적으십시오(예: {default}).")
    return seconds


def _wrong(name: str, text: str, advice: str) -> ImproperlyConfigured:
    """Not by `quoted`, which asks for the language and so for settings, while these are read: `manage.py` would go on with half of them."""
    particle = postposition(text, ("을", "를"))
    return ImproperlyConfigured(f"{name}의 값 ‘{text}’{particle} 쓸 수 없습니다. {advice}")
