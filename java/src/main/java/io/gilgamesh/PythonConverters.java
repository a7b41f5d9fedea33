package io.gilgamesh;

import io.gilgamesh.internal.Converters;
import io.gilgamesh.internal.Parameters;
import java.util.Set;

/** The converters that are registered with a {@link Python} or a {@link PythonContext}. */
public final class PythonConverters {

  private final Converters converters;

  PythonConverters(Converters converters) {
    this.converters = converters;
  }

  /**
   * Registers a converter, in place of one for the same class. Conversions that begin afterwards
   * use it.
   *
   * @param converter the converter
   * @return this
   * @throws IllegalArgumentException if its class is one that cannot be converted otherwise than
   *     Python has it, or its form is the class itself
   */
  public PythonConverters register(PythonConverter<?, ?> converter) {
    converters.register(Parameters.required(converter, "converter"));
    return this;
  }

  /**
   * The classes that have a converter here; services and those of the Python around a context are
   * not among them.
   *
   * @return the classes, unmodifiable
   */
  public Set<Class<?>> types() {
    return converters.types();
  }

  @Override
  public String toString() {
    return "PythonConverters" + types();
  }
}
