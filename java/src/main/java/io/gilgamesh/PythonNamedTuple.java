package io.gilgamesh;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a record a tuple with names in Python, as {@code collections.namedtuple} makes: {@code
 * point.x} and {@code x, y = point}. Without it a record becomes a dict.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface PythonNamedTuple {}
