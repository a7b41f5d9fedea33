package io.gilgamesh.internal;

import java.lang.reflect.Array;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads whatever is read into a list into an array of objects. */
final class ArrayReader extends TypeReader {

  private final Class<?> component;
  private final SequenceReader elements;

  ArrayReader(Class<?> component, TypeReader element) {
    this.component = component;
    this.elements = new SequenceReader(List.class, element, component.getTypeName() + "[]");
  }

  @Override
  void describe(ShapeDefinition shape) {
    elements.describe(shape);
  }

  @Override
  @Nullable Object read(Reader from) {
    return array(elements.read(from));
  }

  @Override
  @Nullable Object of(@Nullable Object natural) {
    return array(elements.of(natural));
  }

  private @Nullable Object array(@Nullable Object all) {
    return all instanceof List<?> list
        ? list.toArray((Object[]) Array.newInstance(component, 0))
        : null;
  }
}
