package io.gilgamesh.internal;

import io.gilgamesh.PythonObject;
import io.gilgamesh.TypeRef;
import org.jspecify.annotations.Nullable;

/**
 * The form of values that a caller asked for by a class or a type: what to ask the core for, and
 * how to read what comes. Found once for each type.
 *
 * @param <T> the type
 */
public final class TypeForm<T> {

  private static final int UNKNOWN = -1;

  private final TypeReader reader;

  /** What to ask the core for, once it is known. */
  private volatile int want;

  /** The same for a value that stands among others in a reply. */
  private volatile int innerWant = UNKNOWN;

  TypeForm(ResolvedType type, ConverterTable converters) {
    reader = TypeReaders.of(type, converters);
    want = known(type.raw());
  }

  private int known(Class<?> raw) {
    if (raw == PythonObject.class) {
      return Want.OBJECT;
    } else if (raw == long[].class) {
      return Want.LONG_ARRAY;
    } else if (raw == double[].class) {
      return Want.DOUBLE_ARRAY;
    } else if (reader == TableForms.READER) {
      return Want.TABLE;
    }
    return reader.isNatural() ? Want.VALUE : UNKNOWN;
  }

  /**
   * Gives the form of a class.
   *
   * @param <T> the type
   * @param context where the value comes from, whose converters are used
   * @param target the class
   * @return its form
   */
  @SuppressWarnings("unchecked")
  public static <T> TypeForm<T> of(ContextState context, Class<T> target) {
    try {
      return (TypeForm<T>) context.converters().table().form(Parameters.required(target, "target"));
    } catch (PathFailure e) {
      throw e.toConversion();
    }
  }

  /**
   * Gives the form of a type with parameters.
   *
   * @param <T> the type
   * @param context where the value comes from, whose converters are used
   * @param target the type
   * @return its form
   */
  @SuppressWarnings("unchecked")
  public static <T> TypeForm<T> of(ContextState context, TypeRef<T> target) {
    try {
      return (TypeForm<T>) context.converters().table().form(Parameters.required(target, "target"));
    } catch (PathFailure e) {
      throw e.toConversion();
    }
  }

  /**
   * Makes a value of a class that has parts, such as a record, of one that was read already.
   *
   * @param natural a value in its natural form
   * @param target the class
   * @param converters the user's, for the parts
   * @return the value in that class
   */
  public static @Nullable Object ofNatural(
      @Nullable Object natural, Class<?> target, ConverterTable converters) {
    try {
      return converters.form(target).reader.of(natural);
    } catch (PathFailure e) {
      throw e.toConversion();
    } catch (Misfit e) {
      throw e.toConversion();
    }
  }

  /**
   * Gives the form of a resolved type.
   *
   * @param context where the value comes from, whose converters are used
   * @param target the type
   * @return its form
   */
  public static TypeForm<?> of(ContextState context, ResolvedType target) {
    try {
      return context.converters().table().form(target);
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

  /** Says in which form to ask for a value that stands among others in a reply. */
  int innerWant() {
    int known = innerWant;
    if (known == UNKNOWN) {
      known = reader.isNatural() ? Want.VALUE : ShapeDefinition.define(reader);
      innerWant = known;
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
    } catch (StackOverflowError e) {
      throw PathFailure.noStack().toConversion();
    }
  }

  /** Reads a value, or gives the {@link Misfit}. */
  @Nullable Object attempt(Reader from) {
    return reader.attempt(from);
  }
}
