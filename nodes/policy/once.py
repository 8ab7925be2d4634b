"""A property that is worked out when it is first asked for, and then is a plain attribute."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class once(Generic[T]):
    """As ``functools.cached_property``, without its lock: a text is read by one thread."""

    def __init__(self, of: Callable[[Any], T]) -> None:
        """Keep the function and take over its name and words."""
        self._of = of
        self._name = of.__name__
        self.__doc__ = of.__doc__

    def __get__(self, thing: Any, owner: type | None = None) -> T:
        """Work it out and leave it in the object's own attributes, which come first from then."""
        value = self._of(thing)
        thing.__dict__[self._name] = value
        return value
