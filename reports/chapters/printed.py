"""Parts of the document that several chapters are printed in."""

from ..chapter import Printed

GENERAL = Printed("general", "일반현황", follows_source=False)
