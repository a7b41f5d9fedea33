package io.gilgamesh.internal.facade;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Iterator;

/** Methods of Java's own interfaces for which Python has a way that is no attribute of the name. */
enum Protocol {
  NONE(""),
  ITERATOR("__iter__"),
  HAS_NEXT("__iter__"),
  NEXT("__iter__"),
  COMPARE("__lt__"),
  CLOSE("__exit__");

  private final String special;

  Protocol(String special) {
    this.special = special;
  }

  /** The special method that a class has which takes part, empty for none. */
  String special() {
    return special;
  }

  static Protocol of(Method method, InterfaceMethods methods) {
    if (!Modifier.isAbstract(method.getModifiers())) {
      return NONE;
    }
    int parameters = method.getParameterCount();
    return switch (method.getName()) {
      case "iterator" -> which(ITERATOR, parameters == 0 && methods.inherits(Iterable.class));
      case "hasNext" -> which(HAS_NEXT, parameters == 0 && methods.inherits(Iterator.class));
      case "next" -> which(NEXT, parameters == 0 && methods.inherits(Iterator.class));
      case "compareTo" -> which(COMPARE, parameters == 1 && methods.inherits(Comparable.class));
      case "close" -> which(CLOSE, parameters == 0 && methods.inherits(AutoCloseable.class));
      default -> NONE;
    };
  }

  private static Protocol which(Protocol protocol, boolean fits) {
    return fits ? protocol : NONE;
  }
}
