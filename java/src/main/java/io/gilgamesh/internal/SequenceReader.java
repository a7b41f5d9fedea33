package io.gilgamesh.internal;

import io.gilgamesh.PythonTuple;
import java.util.Collection;
import java.util.Iterator;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads a list, tuple, set or whatever Python can iterate into a collection. */
final class SequenceReader extends TypeReader {

  private final Class<?> type;
  private final String name;
  private final TypeReader element;
  private final IntFunction<Collection<@Nullable Object>> ofList;
  private final IntFunction<Collection<@Nullable Object>> ofSet;

  /**
   * Makes a reader.
   *
   * @param type the collection's type
   * @param element reads an element
   * @param name what messages call the type
   */
  SequenceReader(Class<?> type, TypeReader element, String name) {
    this.type = type;
    this.name = name;
    this.element = element;
    this.ofList = Containers.ofList(type);
    this.ofSet = Containers.ofSet(type);
  }

  @Override
  void describe(ShapeDefinition shape) {
    shape.node(ShapeDefinition.SEQUENCE, element);
  }

  @Override
  @Nullable Object read(Reader from) {
    byte tag = from.readByte();
    return switch (tag) {
      case Tag.LIST -> elements(from, false);
      case Tag.TUPLE -> tuple(from);
      case Tag.SET, Tag.FROZENSET -> elements(from, true);
      case Tag.LONG_LIST, Tag.DOUBLE_LIST -> numbers(from, tag);
      case Tag.NULL -> null;
      default -> throw refused(from, tag, name);
    };
  }

  /** A tuple stays one where a list of anything is wanted. */
  private Object tuple(Reader from) {
    Collection<@Nullable Object> all = elements(from, false);
    boolean stays = element == ScalarReader.ANY && type.isAssignableFrom(PythonTuple.class);
    return stays ? PythonTuple.copyOf(all) : all;
  }

  private Collection<@Nullable Object> elements(Reader from, boolean isSet) {
    int count = from.readCount(1);
    Collection<@Nullable Object> into = (isSet ? ofSet : ofList).apply(count);
    Misfit misfit = null;
    for (int i = 0; i < count; i++) {
      try {
        into.add(element.read(from));
      } catch (Misfit e) {
        misfit = e.within(isSet ? "{" + i + "}" : "[" + i + "]").after(misfit);
      }
    }
    if (misfit != null) {
      throw misfit;
    }
    if (isSet) {
      CollectionForms.checkKept(count, into.size(), "elements");
    }
    return into;
  }

  /** A block of numbers, which has no tag an element. */
  private Collection<@Nullable Object> numbers(Reader from, byte tag) {
    int count = from.readCount(8);
    return naturals(
        ofList.apply(count),
        count,
        () -> tag == Tag.LONG_LIST ? (Object) from.readLong() : (Object) from.readDouble());
  }

  @Override
  @Nullable Object of(@Nullable Object natural) {
    if (natural == null) {
      return null;
    } else if (!(natural instanceof Collection<?> all)) {
      throw new Misfit(Targets.describe(natural) + " cannot become " + name);
    } else {
      Iterator<?> elements = all.iterator();
      return naturals(ofList.apply(all.size()), all.size(), elements::next);
    }
  }

  private Collection<@Nullable Object> naturals(
      Collection<@Nullable Object> into, int count, Supplier<@Nullable Object> next) {
    Misfit misfit = null;
    for (int i = 0; i < count; i++) {
      try {
        into.add(element.of(next.get()));
      } catch (Misfit e) {
        misfit = e.within("[" + i + "]").after(misfit);
      }
    }
    if (misfit != null) {
      throw misfit;
    }
    return into;
  }
}
