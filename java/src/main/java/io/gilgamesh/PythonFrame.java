package io.gilgamesh;

import java.io.Serializable;

/**
 * One frame of a Python traceback.
 *
 * @param file the file, or the name under which the source ran, such as {@code <string>}
 * @param function the function's qualified name, {@code <module>} outside of functions
 * @param line the line, counted from 1
 * @serial exclude
 */
// Without the tag, javadoc would want comments on fields where a record cannot have any.
@SuppressWarnings("InvalidBlockTag")
public record PythonFrame(String file, String function, int line) implements Serializable {}
