"""What pages rest on beside data and reader: which code runs, and how it is set. What was made under another release holds no longer.

It is the same on every node, wherever the code lies there and whenever it came.
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

KINDS = {".py", ".html", ".mo"}
# What may differ from node to node, is secret, or is in the code already.
OF_A_NODE = {
    "ALLOWED_HOSTS", "AUDIT_KEYS", "BACKUP_FOLDER", "BASE_DIR", "BOUND_TO", "CHAIN_ENDS", "CSRF_TRUSTED_ORIGINS", "DATABASES", "DATABASE_ROUTERS",
    "EMAIL_HOST_PASSWORD", "LOCALE_PATHS", "LOGGING", "LOG_FOLDER", "METRICS_FROM", "REPLICA_LAG_LIMIT", "SECRET_KEY", "SECRET_KEY_FALLBACKS",
    "STATICFILES_DIRS", "STATIC_ROOT", "TEMPLATES", "TRUSTED_PROXIES",
}  # fmt: skip


def digest_of(root: Path, folders: list[Path], files: list[Path], settings: dict[str, Any]) -> str:
    """Of the code in the folders below `root`, of the files that there are, and of the settings."""
    code = [path for folder in folders for path in folder.rglob("*") if path.suffix in KINDS]
    code += [path for path in files if path.exists()]
    found = hashlib.sha256(sys.version.encode())
    for path in sorted(code):
        name = path.relative_to(root) if path.is_relative_to(root) else path.name
        found.update(f"\0{name}\0".encode() + path.read_bytes())
    common = {name: value for name, value in settings.items() if name not in OF_A_NODE}
    plain = {name: sorted(value) if isinstance(value, set) else value for name, value in common.items()}
    found.update(json.dumps(plain, sort_keys=True, default=str).encode())
    return found.hexdigest()
