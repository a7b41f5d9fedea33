package io.gilgamesh;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the key of a dict that tells which record of a sealed interface the dict is. Without it the
 * key is {@code type}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface PythonDiscriminator {

  /** The key where there is no annotation. */
  String DEFAULT = "type";

  /**
   * The key.
   *
   * @return a key that no component of the records has
   */
  String value();
}
