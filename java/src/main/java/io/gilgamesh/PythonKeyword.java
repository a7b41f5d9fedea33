package io.gilgamesh;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a parameter of an interface's method a keyword argument of the Python function: {@code
 * List<Integer> sorted(List<Integer> xs, @PythonKeyword("reverse") boolean reverse)}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface PythonKeyword {

  /**
   * The keyword.
   *
   * @return the name of the parameter in Python
   */
  String value();
}
