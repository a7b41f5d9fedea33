package io.gilgamesh;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the Python module that an interface stands for, for {@link PythonScope#importAs(Class)}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface PythonModule {

  /**
   * The module.
   *
   * @return its dotted name
   */
  String value();
}
