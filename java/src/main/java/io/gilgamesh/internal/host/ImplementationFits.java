package io.gilgamesh.internal.host;

import io.gilgamesh.PythonObject;
import io.gilgamesh.internal.facade.Proxies;
import java.util.Objects;

/**
 * How Python objects fit types whose classes derive from interfaces: these they are, and everything
 * else they can be as any Python object.
 */
final class ImplementationFits {

  private ImplementationFits() {}

  static Fit of(Object proxy, Parameter parameter) {
    Class<?> type = parameter.type();
    if (type.isInstance(proxy)) {
      return type.isInterface() ? Fit.EXACT : Fit.IMPLICIT;
    } else if (type == PythonObject.class) {
      return Fit.implicit(ImplementationFits::object);
    }
    Fit fit = PythonFits.of(handle(proxy), parameter);
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
