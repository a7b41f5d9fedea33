package io.gilgamesh.internal;

import io.gilgamesh.PythonObject;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what {@link Targets} makes of a natural value. */
final class ScalarReader extends TypeReader {

  /** Takes any value as it is. */
  static final ScalarReader ANY = new ScalarReader(Object.class);

  private static final Set<Class<?>> INTEGERS =
      Set.of(Long.class, Integer.class, Short.class, Byte.class);
  private static final Set<Class<?>> REALS = Set.of(Double.class, Float.class);

  private final Class<?> target;
  private final Class<?> boxed;

  ScalarReader(Class<?> target) {
    this.target = target;
    this.boxed = Targets.boxed(target);
  }

  @Override
  void describe(ShapeDefinition shape) {
    shape.node(node());
  }

  @Override
  boolean isNatural() {
    return node() == ShapeDefinition.ANY;
  }

  private byte node() {
    if (INTEGERS.contains(boxed)) {
      return ShapeDefinition.INTEGER;
    } else if (REALS.contains(boxed)) {
      return ShapeDefinition.REAL;
    } else if (target == long[].class) {
      return ShapeDefinition.LONGS;
    } else if (target == double[].class) {
      return ShapeDefinition.DOUBLES;
    }
    return target == PythonObject.class ? ShapeDefinition.HANDLE : ShapeDefinition.ANY;
  }

  @Override
  @Nullable Object read(Reader from) {
    return of(ValueDecoder.read(from));
  }

  @Override
  @Nullable Object of(@Nullable Object value) {
    if (boxed.isInstance(value) || (value == null && !target.isPrimitive())) {
      return value;
    }
    try {
      return Targets.natural(value, target);
    } catch (PathFailure e) {
      throw Misfit.of(value, e);
    }
  }
}
