package io.gilgamesh.internal.host;

import io.gilgamesh.PythonObject;
import io.gilgamesh.internal.ResolvedType;
import io.gilgamesh.internal.facade.Proxies;
import java.util.Objects;

/**
 * How Python objects fit types whose classes derive from interfaces: these they are, and everything
 * else they can be as any Python object.
 */
final class ImplementationFits {

  private ImplementationFits() {}

  static Fit of(Object proxy, ResolvedType resolved, Class<?> boxed) {
    Class<?> type = resolved.raw();
    if (type.isInstance(proxy)) {
      return type.isInterface() ? Fit.EXACT : Fit.IMPLICIT;
    } else if (type == PythonObject.class) {
      return Fit.implicit(ImplementationFits::object);
    }
    Fit fit = PythonFits.of(handle(proxy), resolved, boxed);
    Conversion conversion = fit.conversion();
    return conversion == null
        ? fit
        : new Fit(fit.match(), other -> conversion.of(object(other)), fit.certainty());
  }

  /** A handle that lives on its own. */
  private static PythonObject object(Object proxy) {
    return handle(proxy).keep();
  }

  private static PythonObject handle(Object proxy) {
    return Objects.requireNonNull(Proxies.object(proxy), "an object of Python's");
  }
}
