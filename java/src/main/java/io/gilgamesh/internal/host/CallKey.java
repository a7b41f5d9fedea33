package io.gilgamesh.internal.host;

import io.gilgamesh.internal.facade.Implementation;
import io.gilgamesh.internal.facade.Proxies;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * What of a call's arguments decides which overload is meant: their classes (of Python objects that
 * implement interfaces, these), and of numbers and texts what narrow types depend on. A class that
 * may be unloaded is held weakly, since a method of the JDK's would keep it for ever.
 */
final class CallKey {

  private static final Object NONE = new Object();
  private static final Object BYTE = new Object();
  private static final Object SHORT = new Object();
  private static final Object INT = new Object();
  private static final Object ONE_CHARACTER = new Object();
  private static final Object SMALL_REAL = new Object();

  private final Object[] parts;

  private CallKey(Object[] parts) {
    this.parts = parts;
  }

  static CallKey of(@Nullable Object[] values) {
    Object[] parts = new Object[values.length];
    for (int i = 0; i < parts.length; i++) {
      Object part = part(values[i]);
      parts[i] = isLasting(part) ? part : new WeakReference<>(part);
    }
    return new CallKey(parts);
  }

  private static boolean isLasting(Object part) {
    return part instanceof Class<?> type
        ? type.getClassLoader() == null
        : !(part instanceof Implementation);
  }

  boolean fits(@Nullable Object[] values) {
    if (values.length != parts.length) {
      return false;
    }
    for (int i = 0; i < parts.length; i++) {
      Object known = parts[i];
      Object part = part(values[i]);
      if (known != part && !(known instanceof WeakReference<?> weak && isOf(weak, part))) {
        return false;
      }
    }
    return true;
  }

  @SuppressWarnings("unchecked")
  private static boolean isOf(WeakReference<?> known, Object part) {
    return ((WeakReference<Object>) known).refersTo(part);
  }

  private static Object part(@Nullable Object value) {
    if (value == null) {
      return NONE;
    } else if (value instanceof Long integer) {
      return ofLong(integer);
    } else if (value instanceof String text) {
      return text.length() == 1 ? ONE_CHARACTER : String.class;
    } else if (value instanceof Double real) {
      return NumberFits.isInFloatRange(real) ? SMALL_REAL : Double.class;
    }
    Implementation implementation = Proxies.implementation(value);
    return implementation == null ? value.getClass() : implementation;
  }

  private static Object ofLong(long value) {
    if ((int) value != value) {
      return Long.class;
    } else if ((short) value != value) {
      return INT;
    }
    return (byte) value == value ? BYTE : SHORT;
  }
}
