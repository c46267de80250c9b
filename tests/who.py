"""Whom a name means, by the shipped register and rules."""

from kg import domain
from kg.identity import Identifier
from kg.register import Register
from kg.statement import Name

RULES = domain.naming()
REGISTER = Register.read([domain.sources() / "register"])
IDENTIFIER = Identifier(REGISTER, domain.model(), RULES)


def who(text: str, classes: str = "Organisation", place: str = "") -> str:
    """The key of a name; of one that is open, what it could be."""
    one = IDENTIFIER.find(Name(text, (classes,), place))
    return f"? {' '.join(one.candidates)}".strip() if one.rule == "undecided" else one.key
