package io.gilgamesh.internal.host;

import io.gilgamesh.PythonObject;
import io.gilgamesh.internal.ResolvedType;
import io.gilgamesh.internal.Targets;
import io.gilgamesh.internal.facade.Proxies;
import io.gilgamesh.internal.host.Fit.Certainty;
import java.nio.ByteBuffer;
import java.util.function.Function;

/** How Python objects without a natural Java form fit types. */
final class PythonFits {

  private PythonFits() {}

  /**
   * A function is as good as a functional interface; for an object with methods, it or another
   * interface is a role that it plays only where nothing else fits.
   */
  static Fit of(PythonObject object, Class<?> type, Class<?> boxed) {
    if (type == PythonObject.class) {
      return Fit.EXACT;
    } else if (type.isInstance(object)) {
      return Fit.IMPLICIT;
    } else if (canProxy(type)) {
      Function<PythonObject, Object> maker = Proxies.maker(ResolvedType.of(type));
      Conversion proxy = value -> maker.apply((PythonObject) value);
      return Functions.isFunctional(type) && object.isCallable()
          ? Fit.implicit(proxy).with(Certainty.ALONE)
          : Fit.explicit(proxy).with(Certainty.ALONE);
    }
    return hasForm(type, boxed) ? Fit.explicit(value -> Targets.convert(value, type)) : Fit.NONE;
  }

  /** Whether an interface may be implemented outside its module and package. */
  private static boolean canProxy(Class<?> type) {
    return type.isInterface() && !type.isAnnotation() && !type.isSealed();
  }

  /** A number of another library, a member of an enum, what can be iterated, a view of bytes. */
  private static boolean hasForm(Class<?> type, Class<?> boxed) {
    return (Number.class.isAssignableFrom(boxed) && boxed.getName().startsWith("java."))
        || type.isEnum()
        || type.isArray()
        || type == String.class
        || type == ByteBuffer.class;
  }
}
