package io.gilgamesh.internal;

/** Records: their components in the order of their declaration, under the number of their shape. */
final class RecordForms {

  private RecordForms() {}

  static void write(Exchange to, Record value, int depth) {
    CollectionForms.checkDepth(depth);
    RecordShape shape = RecordShape.of(value.getClass());
    int at = to.reserve(5);
    to.buffer.put(at, Tag.RECORD).putInt(at + 1, shape.number());
    int size = shape.size();
    int i = 0;
    try {
      for (; i < size; i++) {
        ValueEncoder.write(to, shape.get(value, i), depth + 1);
      }
    } catch (PathFailure e) {
      throw e.within(value, "." + shape.components().get(i).getName());
    } catch (StackOverflowError e) {
      throw PathFailure.noStack().within(value, "." + shape.components().get(i).getName());
    }
  }
}
