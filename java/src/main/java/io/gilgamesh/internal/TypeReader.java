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

  /** Reads a value, or gives what of it does not fit. */
  final @Nullable Object attempt(Reader from) {
    try {
      return read(from);
    } catch (Misfit e) {
      return e;
    }
  }

  /** Says what the core has to know of the type; by default nothing, natural values will do. */
  void describe(ShapeDefinition shape) {
    shape.node(ShapeDefinition.ANY);
  }

  /** Whether the core needs to know nothing of the type. */
  boolean isNatural() {
    return false;
  }

  /**
   * Makes a value of one that was read already, in its natural form: a number of a block, a cell of
   * a table.
   *
   * @throws Misfit where it does not fit
   */
  @Nullable Object of(@Nullable Object natural) {
    throw new Misfit(Targets.describe(natural) + " cannot become this type by itself");
  }

  /** Reads on after a tag that the type has no use for, and says so. */
  static Misfit refused(Reader from, byte tag, String type) {
    Object value = ValueDecoder.read(from, tag);
    return new Misfit(Targets.describe(value) + " cannot become " + type);
  }
}
