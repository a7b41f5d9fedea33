package io.gilgamesh.internal;

import io.gilgamesh.PythonContext;
import io.gilgamesh.PythonContextManager;
import io.gilgamesh.PythonException;
import io.gilgamesh.PythonFrame;
import io.gilgamesh.PythonObject;
import io.gilgamesh.PythonTuple;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the inside needs of the public package and the public may not see: constructors, and the ref
 * of an object.
 */
public abstract class ApiBridge {

  private static @Nullable ApiBridge installed;

  /** For the one subclass, in the public package. */
  protected ApiBridge() {}

  private static final class Installed {
    static final ApiBridge INSTANCE = load();

    private static ApiBridge load() {
      try {
        MethodHandles.lookup().ensureInitialized(PythonObject.class);
      } catch (IllegalAccessException e) {
        throw new LinkageError("PythonObject is not accessible", e);
      }
      return Objects.requireNonNull(installed, "PythonObject installs it");
    }
  }

  static ApiBridge get() {
    return Installed.INSTANCE;
  }

  /**
   * Installs the bridge, in the static initialiser of {@code PythonObject}.
   *
   * @param bridge the one implementation
   */
  public static void install(ApiBridge bridge) {
    installed = bridge;
  }

  /**
   * Gives the manager that opened a context.
   *
   * @param context the context
   * @return its manager
   */
  protected abstract PythonContextManager manager(PythonContext context);

  /**
   * Gives the state of a context as it is now.
   *
   * @param context the context
   * @return its state
   */
  protected abstract ContextState state(PythonContext context);

  /**
   * Describes an object for an error: by what gave it, and its context.
   *
   * @param object any object
   * @return a text for people
   */
  protected abstract String describe(PythonObject object);

  /**
   * Makes the Java object of a handle.
   *
   * @param context the context it belongs to
   * @param ref the handle
   * @param transaction the transaction that owns a scoped handle
   * @param origin which verb gave it
   * @param detail the verb's name or key
   * @return a new object
   */
  protected abstract PythonObject object(
      ContextState context,
      long ref,
      @Nullable CurrentTransaction transaction,
      Origin origin,
      @Nullable Object detail);

  /**
   * Gives the ref of an object for use in a call.
   *
   * @param object an object that the caller holds
   * @return its ref
   * @throws IllegalStateException if the object is closed
   */
  protected abstract long ref(PythonObject object);

  /**
   * Gives the ref as it stands in the object.
   *
   * @param object any object
   * @return its ref, marked if it is closed
   */
  protected abstract long rawRef(PythonObject object);

  /**
   * Gives the context of an object.
   *
   * @param object any object
   * @return its context
   */
  protected abstract ContextState context(PythonObject object);

  /**
   * Says why an object cannot be used.
   *
   * @param object an object whose handle is stale
   * @return the exception to throw
   */
  protected abstract IllegalStateException stale(PythonObject object);

  /**
   * Makes a tuple without copying.
   *
   * @param elements the elements, given away
   * @return a tuple
   */
  protected abstract PythonTuple tuple(@Nullable Object[] elements);

  /**
   * Gives the exception object behind an exception.
   *
   * @param exception any
   * @return a handle that is not closed, null where there is none
   */
  protected abstract @Nullable PythonObject liveValue(PythonException exception);

  /**
   * Copies what an exception tells, without its object and its cause.
   *
   * @param exception any
   * @return an exception that nothing in Python is kept by
   */
  protected abstract PythonException told(PythonException exception);

  /**
   * Finds how objects become an interface that no value has.
   *
   * @param type the interface, with its parameters
   * @return makes the Java object, which takes over the handle that it is given
   */
  protected abstract Function<PythonObject, Object> facade(ResolvedType type);

  /**
   * Makes the exception of a Python exception.
   *
   * @param record what the core told of it
   * @return the exception to throw
   */
  protected abstract RuntimeException python(ExceptionRecord record);

  /**
   * Makes the exception of code that did not end in time, and was stopped or never began.
   *
   * @param message what is told
   * @return the exception to throw
   */
  protected abstract RuntimeException deadline(String message);

  /**
   * Makes the exception of code that did not end in time and does not stop.
   *
   * @param message what is told
   * @param frames where it is in Python, innermost last
   * @return the exception to throw
   */
  protected abstract RuntimeException stuck(String message, List<PythonFrame> frames);

  /**
   * Makes the exception of a wait for Python code that was interrupted.
   *
   * @param message what is told
   * @return the exception to throw
   */
  protected abstract RuntimeException interrupted(String message);

  /**
   * Makes the exception of a value that has no form on the other side.
   *
   * @param path where in the value, empty for the value itself
   * @param message what is wrong
   * @return the exception to throw
   */
  protected abstract RuntimeException conversion(String path, String message);

  /**
   * Makes the exception of a start that failed.
   *
   * @param message what is wrong
   * @return the exception to throw
   */
  protected abstract RuntimeException start(String message);

  /**
   * Makes the error of a defect in the core.
   *
   * @param message the panic's message
   * @return the error to throw
   */
  protected abstract Error internal(String message);
}
