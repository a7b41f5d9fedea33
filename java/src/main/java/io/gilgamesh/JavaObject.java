package io.gilgamesh;

import java.util.Objects;

/**
 * A Java object on its way to Python as itself, and not as the value that Python has in its place:
 * {@code context.set("numbers", JavaObject.of(list))} lets a script change the very list, where
 * {@code context.set("numbers", list)} gives it a copy.
 *
 * <p>Objects that are no values, lambdas among them, cross as themselves without it. Back in Java
 * it is the same object. What scripts may do with it is a matter of {@link HostAccess}.
 *
 * @param object the object
 */
public record JavaObject(Object object) {

  /**
   * Takes the object.
   *
   * @param object the object
   */
  public JavaObject {
    Objects.requireNonNull(object, "object");
  }

  /**
   * Hands an object over as itself.
   *
   * @param object the object
   * @return what to pass in its place
   */
  public static JavaObject of(Object object) {
    return new JavaObject(object);
  }
}
