package io.gilgamesh.internal.host;

import io.gilgamesh.PythonObject;
import io.gilgamesh.internal.ResolvedType;
import io.gilgamesh.internal.Targets;
import io.gilgamesh.internal.facade.Proxies;
import io.gilgamesh.internal.host.Fit.Certainty;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** How Python objects without a natural Java form fit types. */
final class PythonFits {

  private PythonFits() {}

  /**
   * A function is as good as a functional interface; for an object with methods, it or another
   * interface is a role that it plays only where nothing else fits.
   */
  static Fit of(PythonObject object, Parameter wanted) {
    ResolvedType resolved = wanted.resolved();
    Class<?> type = wanted.type();
    if (type == PythonObject.class) {
      return Fit.EXACT;
    } else if (type == Iterable.class) {
      return Fit.implicit(proxy(resolved)).with(Certainty.ALONE);
    } else if (type.isInstance(object)) {
      return Fit.IMPLICIT;
    } else if (isCollection(type)) {
      return ofCollection(object, wanted).with(Certainty.ALONE);
    } else if (canProxy(type)) {
      Conversion proxy = proxy(ResolvedType.of(type));
      return Functions.isFunctional(type) && object.isCallable()
          ? Fit.implicit(proxy).with(Certainty.ALONE)
          : Fit.explicit(proxy).with(Certainty.ALONE);
    }
    return ofForm(type, wanted.boxed());
  }

  /** Whether an interface may be implemented outside its module and package. */
  private static boolean canProxy(Class<?> type) {
    return type.isInterface() && !type.isAnnotation() && !type.isSealed();
  }

  private static Conversion proxy(ResolvedType type) {
    Function<PythonObject, Object> maker = Proxies.maker(type);
    return value -> maker.apply((PythonObject) value);
  }

  // ---- collections

  private static boolean isCollection(Class<?> type) {
    return type.isInterface() && Collection.class.isAssignableFrom(type) && AccessRules.isJdk(type);
  }

  /** What has not the interface's methods, such as a range, is copied, as lists are. */
  private static Fit ofCollection(PythonObject object, Parameter wanted) {
    if (has(object, "iterator")) {
      return Fit.explicit(proxy(wanted.resolved()));
    } else if (has(object, "__iter__") && isCopied(wanted.type())) {
      return Fit.explicit(value -> collected(value, wanted));
    }
    return has(object, "size") ? Fit.explicit(proxy(wanted.resolved())) : Fit.NONE;
  }

  private static boolean isCopied(Class<?> type) {
    return type.isAssignableFrom(ArrayList.class) || type.isAssignableFrom(LinkedHashSet.class);
  }

  static boolean has(PythonObject object, String name) {
    Optional<PythonObject> found = object.findAttr(name);
    found.ifPresent(PythonObject::close);
    return found.isPresent();
  }

  private static Object collected(Object iterable, Parameter wanted) {
    Object[] elements = Targets.convert(iterable, Object[].class);
    List<Object> list = elements == null ? List.of() : new ArrayList<>(Arrays.asList(elements));
    Object made = wanted.convert(list);
    return made == null ? list : made;
  }

  // ---- values

  /** Which objects have a number in them, only trying tells; what is iterated is not tried. */
  private static Fit ofForm(Class<?> type, Class<?> boxed) {
    Conversion conversion = value -> Targets.convert(value, type);
    if (type.isArray()) {
      return Fit.explicit(conversion);
    }
    return hasForm(type, boxed) ? Fit.ifConvertible(conversion) : Fit.NONE;
  }

  /** A number of another library, a member of an enum, a view of bytes. */
  private static boolean hasForm(Class<?> type, Class<?> boxed) {
    return (Number.class.isAssignableFrom(boxed) && boxed.getName().startsWith("java."))
        || type.isEnum()
        || type == String.class
        || type == ByteBuffer.class;
  }
}
