package io.gilgamesh.internal;

import io.gilgamesh.PythonConverter;
import io.gilgamesh.PythonSlice;
import io.gilgamesh.PythonTable;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the readers of one type and of all that stands in it. */
final class TypeReaders {

  /** A type that stands deeper grows with every step into it, and has no end. */
  private static final int DEEPEST = 200;

  private final Map<ResolvedType, TypeReader> made = new HashMap<>();
  private int depth;

  private final ConverterTable converters;

  private TypeReaders(ConverterTable converters) {
    this.converters = converters;
  }

  /**
   * Makes the reader of a type.
   *
   * @param converters the user's, which come first
   * @throws PathFailure if no value can have the type
   */
  static TypeReader of(ResolvedType type, ConverterTable converters) {
    return new TypeReaders(converters).reader(type);
  }

  private TypeReader reader(ResolvedType type) {
    TypeReader known = made.get(type);
    if (known == null) {
      depth++;
      known = make(type);
      depth--;
    }
    return known;
  }

  private TypeReader make(ResolvedType type) {
    if (depth > DEEPEST) {
      throw new PathFailure("the type " + type.raw().getTypeName() + " contains types without end");
    }
    Class<?> raw = type.raw();
    PythonConverter<?, ?> converter = converters.ofType(raw);
    if (converter != null) {
      return new ConvertingReader(converter, reader(ResolvedType.of(converter.form())));
    } else if (raw.isRecord() && raw != PythonSlice.class) {
      return record(type);
    } else if (RecordFamily.is(raw)) {
      return family(type);
    }
    TypeReader reader = container(type);
    made.put(type, reader);
    return reader;
  }

  private TypeReader container(ResolvedType type) {
    Class<?> raw = type.raw();
    Class<?> content = OptionalReader.content(raw);
    if (content != null) {
      ResolvedType inner = raw == Optional.class ? type.argument(0) : ResolvedType.of(content);
      return new OptionalReader(raw, reader(inner));
    } else if (raw.isArray() && !raw.getComponentType().isPrimitive()) {
      return new ArrayReader(raw.getComponentType(), reader(type.argument(0)));
    } else if (raw == PythonTable.class) {
      return TableForms.READER;
    } else if (Containers.isCollection(raw)) {
      return new SequenceReader(raw, reader(type.argument(0)), raw.getTypeName());
    } else if (Containers.isMap(raw)) {
      return new MapReader(raw, reader(type.argument(0)), reader(type.argument(1)));
    } else if (FacadeReader.is(raw)) {
      return new FacadeReader(type);
    } else if (!raw.isArray() && raw != Class.class && !type.arguments().isEmpty()) {
      throw new PathFailure("no value can become " + type);
    }
    return raw == Object.class ? ScalarReader.ANY : new ScalarReader(raw);
  }

  private TypeReader record(ResolvedType type) {
    RecordShape shape = RecordShape.of(type.raw());
    RecordReader reader = new RecordReader(type.raw(), shape);
    made.put(type, reader);
    List<RecordComponent> components = shape.components();
    for (int i = 0; i < components.size(); i++) {
      reader.part(i, reader(type.inside(components.get(i).getGenericType())));
    }
    return reader;
  }

  private TypeReader family(ResolvedType type) {
    RecordFamily family = RecordFamily.of(type.raw());
    VariantReader reader = new VariantReader(family);
    made.put(type, reader);
    family.members().forEach(member -> reader.member(reader(ResolvedType.of(member))));
    return reader;
  }
}
