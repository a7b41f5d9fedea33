package io.gilgamesh;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names in Python's words what Java has another name for: a record's component, a record among
 * those of its sealed interface, or a method of an interface that a Python object implements:
 * {@code record User(@PythonName("user id") long id)}. Without it the name is Java's.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.TYPE, ElementType.METHOD})
public @interface PythonName {

  /**
   * The name in Python.
   *
   * @return a key of a dict and an attribute of an object, or what the discriminator says
   */
  String value();
}
