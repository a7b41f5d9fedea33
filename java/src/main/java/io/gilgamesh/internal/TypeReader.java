package io.gilgamesh.internal;

import org.jspecify.annotations.Nullable;

/**
 * Reads the values of one type from a reply, in which the core wrote them in the type's shape. A
 * value that does not fit is read to its end all the same, so that what follows can be read too.
 */
abstract class TypeReader {

  /**
   * Reads a value.
   *
   * @return the value, null for None
   * @throws Misfit where it does not fit
   */
  abstract @Nullable Object read(Reader from);

  /** Says what the core has to know of the type; by default nothing, natural values will do. */
  void describe(ShapeDefinition shape) {
    shape.node(ShapeDefinition.ANY);
  }

  /** Whether the core needs to know nothing of the type. */
  boolean isNatural() {
    return false;
  }

  /**
   * Makes a value of a number that was read from a block; only what the core writes as blocks is
   * ever asked.
   *
   * @throws Misfit where it does not fit
   */
  @Nullable Object of(Object number) {
    throw new IllegalStateException("broken reply: a block of numbers for " + getClass());
  }

  /** Reads on after a tag that the type has no use for, and says so. */
  static Misfit refused(Reader from, byte tag, String type) {
    Object value = ValueDecoder.read(from, tag);
    return new Misfit(Targets.describe(value) + " cannot become " + type);
  }
}
