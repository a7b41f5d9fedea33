package io.gilgamesh.internal;

import io.gilgamesh.PythonConverter;
import org.jspecify.annotations.Nullable;

/** Reads values of a class by the converter that the user registered for it; writes them too. */
final class ConvertingReader extends TypeReader {

  private final PythonConverter<Object, Object> converter;
  private final TypeReader form;

  ConvertingReader(PythonConverter<?, ?> converter, TypeReader form) {
    this.converter = untyped(converter);
    this.form = form;
  }

  @SuppressWarnings("unchecked")
  private static PythonConverter<Object, Object> untyped(PythonConverter<?, ?> converter) {
    return (PythonConverter<Object, Object>) converter;
  }

  /** Writes a value in the form that its converter gives it. */
  static void write(Exchange to, PythonConverter<?, ?> converter, Object value, int depth) {
    CollectionForms.checkDepth(depth);
    Object form;
    try {
      form = untyped(converter).toPython(value);
    } catch (RuntimeException e) {
      throw new PathFailure("the converter of " + converter.type().getName() + " threw " + e);
    }
    ValueEncoder.write(to, form, depth + 1);
  }

  @Override
  void describe(ShapeDefinition shape) {
    form.describe(shape);
  }

  @Override
  boolean isNatural() {
    return form.isNatural();
  }

  @Override
  @Nullable Object read(Reader from) {
    return converted(form.read(from));
  }

  @Override
  @Nullable Object of(@Nullable Object natural) {
    boolean isMade = converter.type().isInstance(natural);
    return isMade ? natural : converted(form.of(natural));
  }

  private @Nullable Object converted(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    try {
      return converter.toJava(value);
    } catch (RuntimeException e) {
      String name = converter.type().getTypeName();
      throw new Misfit(Targets.describe(value) + " cannot become " + name + ": " + e.getMessage());
    }
  }
}
