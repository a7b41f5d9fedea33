"""What Java does for this package: the numbers of ``io.gilgamesh.internal.Services``."""

from __future__ import annotations

# write(stream, text or bytes): whether the stream took it; one that Java has closed does not, nor one that this very
# thread is being written to.
WRITE = 0
# write_at_end(stream, text): the same; what goes wrong is logged, since there is nobody whose write it was.
WRITE_AT_END = 1
# flush(stream)
FLUSH = 2
# read(stream, most): bytes, none at the end of the stream.
READ = 3
# is_loggable(logger, level)
IS_LOGGABLE = 4
# log(logger, level, message, exception or None)
LOG = 5
# open_context(name or None, whether it is isolated): its number
OPEN_CONTEXT = 6
# run(context, code)
RUN = 7
# evaluate(context, expression): the value, or a copy of the object
EVALUATE = 8
# set_variable(context, name, an object whose attribute "value" is the value)
SET_VARIABLE = 9
# reset_context(context): its number from then on
RESET_CONTEXT = 10
# close_context(context)
CLOSE_CONTEXT = 11
