package io.gilgamesh.internal.host;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A static method that is a step of a Python protocol, for objects of its first parameter's type.
 * The value is its name in a class's description; the package {@code gilgamesh._java} in Python
 * knows each of them.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Protocol {
  String value();
}
