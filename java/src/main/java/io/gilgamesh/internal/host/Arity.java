package io.gilgamesh.internal.host;

import io.gilgamesh.PythonObject;
import java.lang.reflect.Method;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How many arguments Python functions take, where overloads differ in nothing else: a lambda of two
 * is a {@code Comparator} and no {@code Function}.
 */
final class Arity {

  /** The flag of a code object whose function has a parameter such as {@code *args}. */
  private static final long VARIABLE = 4;

  private Arity() {}

  /** Whether no argument is a function that takes fewer or more than the candidate passes. */
  static boolean fits(Candidate candidate, @Nullable Object[] values) {
    for (int i = 0; i < values.length; i++) {
      Method method = Functions.single(candidate.parameters().get(i).type());
      if (method != null
          && values[i] instanceof PythonObject function
          && !plays(function, method)) {
        return false;
      }
    }
    return true;
  }

  private static boolean plays(PythonObject object, Method method) {
    return object.isCallable()
        ? takes(object, method.getParameterCount())
        : PythonFits.has(object, method.getName());
  }

  /** Builtins and other callables do not tell, and take any number. */
  private static boolean takes(PythonObject function, int count) {
    Optional<PythonObject> found = function.findAttr("__code__");
    if (found.isEmpty()) {
      return true;
    }
    try (PythonObject code = found.get()) {
      long most = code.attrLong("co_argcount") - bound(function);
      boolean variable = (code.attrLong("co_flags") & VARIABLE) != 0;
      return (variable || count <= most) && count >= most - defaults(function);
    }
  }

  /** A method has its object already. */
  private static int bound(PythonObject function) {
    return PythonFits.has(function, "__self__") ? 1 : 0;
  }

  private static long defaults(PythonObject function) {
    try (PythonObject defaults = function.attr("__defaults__")) {
      return defaults.isNone() ? 0 : defaults.length();
    }
  }
}
