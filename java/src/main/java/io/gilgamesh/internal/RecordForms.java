package io.gilgamesh.internal;

import java.lang.reflect.RecordComponent;
import java.util.List;

/** Records: a dict of their components, in the order of their declaration. */
final class RecordForms {

  private RecordForms() {}

  static void write(Exchange to, Record value, int depth) {
    CollectionForms.checkDepth(depth);
    RecordShape shape = RecordShape.of(value.getClass());
    List<RecordComponent> components = shape.components();
    CollectionForms.writeHead(to, Tag.DICT, components.size());
    for (int i = 0; i < components.size(); i++) {
      String name = components.get(i).getName();
      TextForms.write(to, name);
      try {
        ValueEncoder.write(to, shape.get(value, i), depth + 1);
      } catch (PathFailure e) {
        throw e.within(value, "." + name);
      }
    }
  }
}
