"""How long the expressions of the product take for 100 KB of hostile text: at most 50 ms each.

`python -m benchmarks.patterns`; what counts is processor time, the best of three.
"""

import os
import sys

import django

LIMIT = 0.05  # seconds


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "seoul_digital.settings")
    django.setup()
    from tests.test_patterns import LONG, collected, cost, grown, hostile

    slowest = []
    for pattern, module in collected().items():
        texts = [grown(piece, LONG) for piece in dict.fromkeys(hostile(pattern))]
        if isinstance(pattern.pattern, bytes):
            texts = [text.encode() for text in texts]
        times = (cost(use, text, 3) for text in texts for use in (pattern.findall, pattern.fullmatch))
        slowest.append((max(times), module, pattern.pattern))
    slowest.sort(key=lambda found: found[0], reverse=True)
    for seconds, module, source in slowest[:10]:
        print(f"{seconds * 1000:6.1f} ms  {module}  {source!r:.70}")
    print(f"{len(slowest)} expressions, slowest {slowest[0][0] * 1000:.1f} ms of {LIMIT * 1000:.0f}")
    return int(slowest[0][0] > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
