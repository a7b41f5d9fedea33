package io.gilgamesh.internal;

import io.gilgamesh.PythonTuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads records: their parts in the order of their components. */
final class RecordReader extends TypeReader {

  private final Class<?> type;
  private final RecordShape shape;
  private final TypeReader[] parts;

  RecordReader(Class<?> type, RecordShape shape) {
    this.type = type;
    this.shape = shape;
    parts = new TypeReader[shape.size()];
    Arrays.fill(parts, ScalarReader.ANY);
  }

  /** Sets who reads a component; after the reader is known, since a record may contain itself. */
  void part(int component, TypeReader reader) {
    parts[component] = reader;
  }

  /** Gives who reads a component. */
  TypeReader part(int component) {
    return parts[component];
  }

  @Override
  void describe(ShapeDefinition definition) {
    List<ShapeDefinition.Link> links = new ArrayList<>();
    for (int i = 0; i < parts.length; i++) {
      links.add(new ShapeDefinition.Link(shape.name(i), parts[i]));
    }
    definition.record(shape, links);
  }

  @Override
  @Nullable Object read(Reader from) {
    byte tag = from.readByte();
    return switch (tag) {
      case Tag.RECORD -> make(from, false);
      case Tag.RECORD_AND_MORE -> make(from, true);
      case Tag.NULL -> null;
      default -> throw refused(from, tag, type.getTypeName());
    };
  }

  private Object make(Reader from, boolean more) {
    @Nullable Object[] values = new Object[parts.length];
    Misfit misfit = null;
    for (int i = 0; i < values.length; i++) {
      try {
        values[i] = part(from, i);
      } catch (Misfit e) {
        misfit = e.after(misfit);
      }
    }
    misfit = more ? others(from, misfit) : misfit;
    if (misfit != null) {
      throw misfit;
    }
    return shape.make(values);
  }

  /** Makes a record of a dict or a tuple that stood in a table. */
  @Override
  @Nullable Object of(@Nullable Object natural) {
    boolean fits =
        natural instanceof PythonTuple tuple
            ? tuple.size() == parts.length
            : natural instanceof Map<?, ?> map && map.keySet().equals(Set.copyOf(shape.names()));
    if (natural == null || type.isInstance(natural)) {
      return natural;
    } else if (!fits) {
      throw new Misfit(Targets.describe(natural) + " cannot become " + type.getTypeName());
    }
    Iterable<?> values =
        natural instanceof Map<?, ?> map
            ? shape.names().stream().<@Nullable Object>map(map::get).toList()
            : (PythonTuple) natural;
    @Nullable Object[] made = new Object[parts.length];
    int i = 0;
    for (Object value : values) {
      made[i] = parts[i].of(value);
      i++;
    }
    return shape.make(made);
  }

  private @Nullable Object part(Reader from, int index) {
    if (from.skip(Tag.ABSENT)) {
      return absent(index);
    }
    try {
      return parts[index].read(from);
    } catch (Misfit e) {
      throw e.within("." + shape.name(index));
    }
  }

  /** What is not there is an empty Optional, or wrong. */
  private Object absent(int index) {
    if (parts[index] instanceof OptionalReader optional) {
      return optional.empty();
    }
    throw new Misfit("has no '" + shape.name(index) + "' for " + type.getSimpleName());
  }

  /** Keys that no component takes would be lost. */
  private @Nullable Misfit others(Reader from, @Nullable Misfit before) {
    Misfit misfit = before;
    if (ValueDecoder.read(from) instanceof Collection<?> keys) {
      for (Object key : keys) {
        Misfit other = new Misfit(type.getSimpleName() + " has no such component");
        misfit = other.within("[" + PathFailure.show(key) + "]").after(misfit);
      }
    }
    return misfit;
  }
}
