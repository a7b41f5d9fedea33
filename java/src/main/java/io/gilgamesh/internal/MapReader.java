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
      misfit = entry(from, into, misfit);
    }
    if (misfit != null) {
      throw misfit;
    }
    CollectionForms.checkKept(count, into.size(), "keys");
    return into;
  }

  private @Nullable Misfit entry(
      Reader from, Map<@Nullable Object, @Nullable Object> into, @Nullable Misfit before) {
    Object entryKey = key.attempt(from);
    Object entryValue = value.attempt(from);
    Misfit misfit = before;
    Object shown = entryKey;
    if (entryKey instanceof Misfit unfit) {
      shown = unfit.value();
      misfit = unfit.within("[key " + PathFailure.show(shown) + "]").after(misfit);
    }
    if (entryValue instanceof Misfit unfit) {
      misfit = unfit.within("[" + PathFailure.show(shown) + "]").after(misfit);
    } else if (misfit == null) {
      misfit = put(into, entryKey, entryValue);
    }
    return misfit;
  }

  private @Nullable Misfit put(
      Map<@Nullable Object, @Nullable Object> into,
      @Nullable Object entryKey,
      @Nullable Object entryValue) {
    try {
      into.put(entryKey, entryValue);
      return null;
    } catch (ClassCastException | NullPointerException e) {
      return new Misfit("no " + type.getName() + " takes this entry: " + e.getMessage())
          .within("[" + PathFailure.show(entryKey) + "]");
    }
  }
}
