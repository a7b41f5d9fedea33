package io.gilgamesh.internal;

import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Reads a dict into a map. */
final class MapReader extends TypeReader {

  private final Class<?> type;
  private final TypeReader key;
  private final TypeReader value;
  private final IntFunction<Map<@Nullable Object, @Nullable Object>> maker;

  MapReader(Class<?> type, TypeReader key, TypeReader value) {
    this.type = type;
    this.key = key;
    this.value = value;
    this.maker = Containers.ofDict(type);
  }

  @Override
  void describe(ShapeDefinition shape) {
    shape.node(ShapeDefinition.MAP, key, value);
  }

  @Override
  @Nullable Object read(Reader from) {
    byte tag = from.readByte();
    return switch (tag) {
      case Tag.DICT -> entries(from);
      case Tag.NULL -> null;
      default -> throw refused(from, tag, type.getTypeName());
    };
  }

  private Map<@Nullable Object, @Nullable Object> entries(Reader from) {
    int count = from.readCount(2);
    Map<@Nullable Object, @Nullable Object> into = maker.apply(count);
    Misfit misfit = null;
    for (int i = 0; i < count; i++) {
      misfit = entry(from, i, into, misfit);
    }
    if (misfit != null) {
      throw misfit;
    }
    CollectionForms.checkKept(count, into.size(), "keys");
    return into;
  }

  /** A key that does not fit is told by its number, since it is not there to be shown. */
  private @Nullable Misfit entry(
      Reader from,
      int index,
      Map<@Nullable Object, @Nullable Object> into,
      @Nullable Misfit before) {
    Misfit misfit = before;
    Object entryKey = null;
    String step = "[key number " + index + "]";
    try {
      entryKey = key.read(from);
      step = "";
    } catch (Misfit e) {
      misfit = e.within(step).after(misfit);
    }
    try {
      Object entryValue = value.read(from);
      if (step.isEmpty()) {
        put(into, entryKey, entryValue);
      }
    } catch (Misfit e) {
      String shown = step.isEmpty() ? "[" + PathFailure.show(entryKey) + "]" : step;
      misfit = e.within(shown).after(misfit);
    }
    return misfit;
  }

  private void put(
      Map<@Nullable Object, @Nullable Object> into,
      @Nullable Object entryKey,
      @Nullable Object entryValue) {
    try {
      into.put(entryKey, entryValue);
    } catch (ClassCastException | NullPointerException e) {
      throw new Misfit("no " + type.getName() + " takes this entry: " + e.getMessage());
    }
  }
}
