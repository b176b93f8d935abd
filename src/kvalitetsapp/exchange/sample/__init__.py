"""A believable county that does not exist: people, care and money for demonstrations and tests."""

from kvalitetsapp.exchange.sample.county import write_county

__all__ = ["write_county"]
