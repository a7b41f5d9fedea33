package io.gilgamesh.internal.host;

import org.jspecify.annotations.Nullable;

/** Makes of an argument what its parameter takes. Null needs no conversion. */
@FunctionalInterface
interface Conversion {

  /**
   * Converts an argument.
   *
   * @param value the argument
   * @return what the parameter takes
   * @throws RuntimeException if this very value cannot become it
   */
  @Nullable Object of(Object value);
}
