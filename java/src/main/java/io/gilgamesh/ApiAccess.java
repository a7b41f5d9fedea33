package io.gilgamesh;

import io.gilgamesh.internal.ApiBridge;
import io.gilgamesh.internal.ContextState;
import io.gilgamesh.internal.CurrentTransaction;
import io.gilgamesh.internal.ExceptionRecord;
import io.gilgamesh.internal.Origin;
import io.gilgamesh.internal.ResolvedType;
import io.gilgamesh.internal.StackTraces;
import io.gilgamesh.internal.facade.Proxies;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Opens to the inside what users do not see: constructors, and the ref of an object. */
final class ApiAccess extends ApiBridge {

  private static final String INTERRUPTED = "gilgamesh.Interrupted";
  private static final String DEADLINE = "gilgamesh.DeadlineExceeded";

  @Override
  protected PythonObject object(
      ContextState context,
      long ref,
      @Nullable CurrentTransaction transaction,
      Origin origin,
      @Nullable Object detail) {
    return new PythonObject(context, ref, transaction, origin, detail);
  }

  @Override
  protected long ref(PythonObject object) {
    return object.ref();
  }

  @Override
  protected PythonContextManager manager(PythonContext context) {
    return context.manager();
  }

  @Override
  protected ContextState state(PythonContext context) {
    return context.state();
  }

  @Override
  protected String describe(PythonObject object) {
    return object.describe();
  }

  @Override
  protected long rawRef(PythonObject object) {
    return object.rawRef();
  }

  @Override
  protected ContextState context(PythonObject object) {
    return object.context;
  }

  @Override
  protected IllegalStateException stale(PythonObject object) {
    return object.stale();
  }

  @Override
  protected PythonTuple tuple(@Nullable Object[] elements) {
    return PythonTuple.wrap(elements);
  }

  @Override
  protected @Nullable PythonObject liveValue(PythonException exception) {
    return exception.liveValue();
  }

  @Override
  protected Function<PythonObject, Object> facade(ResolvedType type) {
    return type.raw() == Iterator.class || type.raw() == Stream.class
        ? object -> IterableView.passOf(object, type)
        : Proxies.maker(type);
  }

  @Override
  protected PythonException told(PythonException exception) {
    return PythonException.told(exception);
  }

  @Override
  protected RuntimeException python(ExceptionRecord record) {
    return PythonException.of(record, true);
  }

  @Override
  protected RuntimeException deadline(String message) {
    ExceptionRecord record = ExceptionRecord.told(DEADLINE, message, List.of());
    return new PythonDeadlineException(record, true);
  }

  @Override
  protected RuntimeException stuck(String message, List<PythonFrame> frames) {
    return new PythonStuckException(ExceptionRecord.told(DEADLINE, message, frames));
  }

  @Override
  protected RuntimeException interrupted(String message) {
    ExceptionRecord record = ExceptionRecord.told(INTERRUPTED, message, List.of());
    return new PythonInterruptedException(record, true);
  }

  @Override
  protected RuntimeException conversion(String path, String message) {
    return StackTraces.trimmed(new PythonConversionException(path, message));
  }

  @Override
  protected RuntimeException start(String message) {
    return StackTraces.trimmed(new PythonStartException(message));
  }

  @Override
  protected Error internal(String message) {
    return StackTraces.trimmed(new PythonInternalError(message));
  }
}
