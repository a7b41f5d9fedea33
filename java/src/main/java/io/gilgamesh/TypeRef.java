package io.gilgamesh;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/**
 * A type with its parameters, which a class object cannot name: {@code new TypeRef<List<Point>>()
 * {}}.
 *
 * @param <T> the type
 */
public abstract class TypeRef<T> {

  private final Type type;

  /**
   * Takes the type from the subclass that the braces make.
   *
   * @throws IllegalArgumentException if the type is left out
   */
  protected TypeRef() {
    if (!(getClass().getGenericSuperclass() instanceof ParameterizedType parameterized)) {
      throw new IllegalArgumentException(
          "a TypeRef is made with its type: new TypeRef<List<Point>>() {}");
    }
    type = parameterized.getActualTypeArguments()[0];
  }

  /**
   * Gives the type.
   *
   * @return the type
   */
  public final Type type() {
    return type;
  }

  @Override
  public String toString() {
    return type.getTypeName();
  }
}
