package io.gilgamesh.internal;

import io.gilgamesh.PythonObject;
import io.gilgamesh.TypeRef;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * The form of values that a caller asked for by a class or a type: what to ask the core for, and
 * how to read what comes. Found once for each type.
 *
 * @param <T> the type
 */
public final class TypeForm<T> {

  private static final int UNKNOWN = -1;

  private static final ClassValue<TypeForm<?>> CLASSES =
      new ClassValue<>() {
        @Override
        protected TypeForm<?> computeValue(Class<?> type) {
          return new TypeForm<>(ResolvedType.of(type));
        }
      };

  /** By the class that each {@code new TypeRef<...>() {}} is of. */
  private static final ClassValue<TypeForm<?>> REFS =
      new ClassValue<>() {
        @Override
        protected TypeForm<?> computeValue(Class<?> ref) {
          Type type = ((ParameterizedType) ref.getGenericSuperclass()).getActualTypeArguments()[0];
          return new TypeForm<>(ResolvedType.of(type));
        }
      };

  private final TypeReader reader;

  /** What to ask the core for, once it is known. */
  private volatile int want;

  private TypeForm(ResolvedType type) {
    reader = TypeReaders.of(type);
    want = known(type.raw());
  }

  private int known(Class<?> raw) {
    if (raw == PythonObject.class) {
      return Want.OBJECT;
    } else if (raw == long[].class) {
      return Want.LONG_ARRAY;
    } else if (raw == double[].class) {
      return Want.DOUBLE_ARRAY;
    }
    return reader instanceof ScalarReader scalar && scalar.isNatural() ? Want.VALUE : UNKNOWN;
  }

  /**
   * Gives the form of a class.
   *
   * @param <T> the type
   * @param target the class
   * @return its form
   */
  @SuppressWarnings("unchecked")
  public static <T> TypeForm<T> of(Class<T> target) {
    try {
      return (TypeForm<T>) CLASSES.get(Parameters.required(target, "target"));
    } catch (PathFailure e) {
      throw e.toConversion();
    }
  }

  /**
   * Gives the form of a type with parameters.
   *
   * @param <T> the type
   * @param target the type
   * @return its form
   */
  @SuppressWarnings("unchecked")
  public static <T> TypeForm<T> of(TypeRef<T> target) {
    try {
      return (TypeForm<T>) REFS.get(Parameters.required(target, "target").getClass());
    } catch (PathFailure e) {
      throw e.toConversion();
    }
  }

  /**
   * Says in which form to ask for the value.
   *
   * @return a constant of {@link Want}, or the number of a shape
   */
  public int want() {
    int known = want;
    if (known == UNKNOWN) {
      known = ShapeDefinition.define(reader);
      want = known;
    }
    return known;
  }

  /** Reads a value that came in this form, null for None. */
  @SuppressWarnings("unchecked")
  @Nullable T read(Reader from) {
    try {
      // A cast by T, not by the class: int.class is no class that an Integer can be cast by.
      return (T) reader.read(from);
    } catch (Misfit e) {
      throw e.toConversion();
    }
  }
}
