"""The errors a person at the desk may see; each message is one sentence that says what to do next."""


class ReviewtoolError(Exception):
    """Something the person has to know, in one plain sentence.

    ``exit_status`` is what the command line ends with: 2 for wrong use or bad input.
    """

    exit_status = 2


class InputError(ReviewtoolError):
    """What was given cannot be used: a bad file, an unknown name, a value out of range."""


class StorageError(ReviewtoolError):
    """The disk said no: full, read-only, changed by another program, locked."""


class EngineError(ReviewtoolError):
    """A translation engine could not do its work."""


class MissingExtraError(ReviewtoolError):
    """A plugin needs a package that is not installed; the message says which extra to install."""


class Refused(ReviewtoolError):  # noqa: N818 - it is no error of the program, but a rule of the desk
    """A rule of the desk does not allow this act; the message is the reason."""

    exit_status = 1
