package io.gilgamesh.internal;

import io.gilgamesh.PythonConverter;
import io.gilgamesh.TypeRef;
import java.lang.reflect.ParameterizedType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Converters by their classes, and the forms of types that were made with them. Immutable. */
public final class ConverterTable {

  /** Without any: what contexts share that have none. */
  public static final ConverterTable EMPTY = new ConverterTable(Map.of());

  private final Map<Class<?>, PythonConverter<?, ?>> converters;

  private final ClassValue<Optional<PythonConverter<?, ?>>> byValue =
      new ClassValue<>() {
        @Override
        protected Optional<PythonConverter<?, ?>> computeValue(Class<?> type) {
          return nearest(type);
        }
      };

  private final ClassValue<TypeForm<?>> forms =
      new ClassValue<>() {
        @Override
        protected TypeForm<?> computeValue(Class<?> type) {
          return new TypeForm<>(ResolvedType.of(type), ConverterTable.this);
        }
      };

  /** By the class that each {@code new TypeRef<...>() {}} is of. */
  private final ClassValue<TypeForm<?>> refForms =
      new ClassValue<>() {
        @Override
        protected TypeForm<?> computeValue(Class<?> ref) {
          ParameterizedType above = (ParameterizedType) ref.getGenericSuperclass();
          ResolvedType type = ResolvedType.of(above.getActualTypeArguments()[0]);
          return new TypeForm<>(type, ConverterTable.this);
        }
      };

  /** The types inside others, and of results, by the class that lives no longer than they do. */
  private final ClassValue<Map<ResolvedType, TypeForm<?>>> typeForms =
      new ClassValue<>() {
        @Override
        protected Map<ResolvedType, TypeForm<?>> computeValue(Class<?> owner) {
          return new ConcurrentHashMap<>();
        }
      };

  private ConverterTable(Map<Class<?>, PythonConverter<?, ?>> converters) {
    this.converters = converters;
  }

  /** These converters, and others before them. */
  ConverterTable with(Map<Class<?>, PythonConverter<?, ?>> others) {
    if (others.isEmpty()) {
      return this;
    }
    Map<Class<?>, PythonConverter<?, ?>> all = new HashMap<>(converters);
    all.putAll(others);
    return new ConverterTable(Map.copyOf(all));
  }

  /**
   * Gives the converter of a class that is wanted.
   *
   * @param type the class
   * @return the converter registered for this very class, null where there is none
   */
  public @Nullable PythonConverter<?, ?> ofType(Class<?> type) {
    return converters.get(type);
  }

  /**
   * Tells whether values of a type may be made by these converters.
   *
   * @param type the type
   * @return whether one is for it or for what stands in it; records are not looked into
   */
  public boolean concerns(ResolvedType type) {
    return !converters.isEmpty()
        && (converters.containsKey(type.raw())
            || type.raw().isRecord()
            || type.arguments().stream().anyMatch(this::concerns));
  }

  /** The converter of a value's class: its own, or that of the nearest class that it extends. */
  @Nullable PythonConverter<?, ?> ofValue(Class<?> type) {
    return converters.isEmpty() ? null : byValue.get(type).orElse(null);
  }

  /** Superclasses come before interfaces of the same distance. */
  private Optional<PythonConverter<?, ?>> nearest(Class<?> type) {
    Deque<Class<?>> waiting = new ArrayDeque<>();
    waiting.add(type);
    while (!waiting.isEmpty()) {
      Class<?> next = waiting.removeFirst();
      PythonConverter<?, ?> converter = converters.get(next);
      if (converter != null) {
        return Optional.of(converter);
      }
      if (next.getSuperclass() != null) {
        waiting.add(next.getSuperclass());
      }
      waiting.addAll(List.of(next.getInterfaces()));
    }
    return Optional.empty();
  }

  TypeForm<?> form(Class<?> type) {
    return forms.get(type);
  }

  TypeForm<?> form(TypeRef<?> type) {
    return refForms.get(type.getClass());
  }

  TypeForm<?> form(ResolvedType type) {
    return typeForms
        .get(type.owner())
        .computeIfAbsent(type, missing -> new TypeForm<>(missing, this));
  }
}
